#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/rest/counters.hpp"
#include "discord/rest/traffic_control.hpp"
#include "net/task.hpp"

namespace guildhall::discord {

/// Lets requests wait until TrafficControl says that they may go. Lives on one executor, and only there may members be
/// called.
class Gate : public std::enable_shared_from_this<Gate> {
 public:
  using Time = TrafficControl::Time;

  /// `counters` outlives the gate.
  Gate(net::Executor home, TrafficLimits limits, RestCounters& counters, base::Log log);

  /// A request's place, for as long as the request lives: one that is cancelled leaves by itself.
  class Place {
   public:
    /// Waits at most until `deadline`.
    Place(std::shared_ptr<Gate> gate, Lane lane, std::size_t bytes, Time deadline);
    ~Place();
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

    /// Returns when the request may go; an error as of TrafficControl::enter where it may not.
    [[nodiscard]] net::Task<base::Result<void>> wait();

    /// What became of the request; then it may wait once more, `pause` from now at the earliest.
    void answered(const RateNews& news);
    void lost();
    void again(std::chrono::milliseconds pause);

    /// How long it has waited in all.
    [[nodiscard]] std::chrono::milliseconds waited() const { return waited_; }

   private:
    friend class Gate;

    std::shared_ptr<Gate> gate_;
    boost::asio::steady_timer called_;
    TrafficControl::Ticket ticket_ = 0;
    std::optional<TrafficControl::Verdict> verdict_;
    std::chrono::milliseconds waited_{0};
  };

  /// As of TrafficControl.
  void refuse(std::uint64_t account, std::chrono::milliseconds time);
  void close();

 private:
  /// Hands out the verdicts that are due, and sets the alarm for the next.
  void decide();

  TrafficControl control_;
  RestCounters& counters_;
  const base::Log log_;
  const net::Executor home_;
  boost::asio::steady_timer alarm_;
  std::unordered_map<TrafficControl::Ticket, Place*> places_;
  bool stopped_ = false;
};

}  // namespace guildhall::discord
