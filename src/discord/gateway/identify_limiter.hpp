#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/gateway/identify_limits.hpp"
#include "discord/gateway/session_store.hpp"
#include "discord/gateway/status.hpp"
#include "net/async/event.hpp"

namespace guildhall::discord {

/// Lets shards start sessions in the order and at the distance that Discord requires, within the budget. Lives in a
/// shared_ptr on one event loop, where all members are called except those that say any thread.
class IdentifyLimiter : public std::enable_shared_from_this<IdentifyLimiter> {
 public:
  using FetchGatewayBot = std::function<net::Task<base::Result<GatewayBot>>()>;

  struct Parts {
    FetchGatewayBot fetch;  ///< Called again before a start if the last answer is old.
    GatewaySessionStore& store;
    const base::Clock& clock;
    base::Log log;
    std::string bot;  ///< Identifies the bot in the store.
    GatewayMonitor& monitor;
  };

  explicit IdentifyLimiter(Parts parts) : parts_(std::move(parts)) {}

  /// Reads the starts of earlier runs of the program. Throws what the store throws; then there are none.
  [[nodiscard]] net::Task<> load();
  /// What Discord says about starts; for the first time before `run`.
  void set_limits(const GatewayBot& bot, unsigned shards);

  /// Permission for one shard to start one session; others of its bucket wait until it is destroyed.
  class Permit {
   public:
    Permit(std::shared_ptr<IdentifyLimiter> limiter, unsigned shard) : limiter_(std::move(limiter)), shard_(shard) {}
    Permit(Permit&&) noexcept = default;
    Permit& operator=(Permit&&) = delete;
    ~Permit();
    /// IDENTIFY was sent.
    void mark_used() { used_ = true; }

   private:
    std::shared_ptr<IdentifyLimiter> limiter_;
    unsigned shard_;
    bool used_ = false;
  };

  /// Waits until the shard may start a session; nothing after `stop`.
  [[nodiscard]] net::Task<std::optional<Permit>> acquire(unsigned shard);
  /// Records a start, also in the store if that is available. Await it before IDENTIFY is sent, so that a crash cannot
  /// hide the start.
  [[nodiscard]] net::Task<> record_start();

  /// Grants permits until `stop`.
  [[nodiscard]] net::Task<> run();
  void stop();

  /// Starts within a day, as of the last start; any thread.
  [[nodiscard]] std::uint64_t starts_last_day() const { return starts_last_day_; }

 private:
  using Time = IdentifyQueue::Time;
  struct Waiter {
    net::Event decided;
    bool granted = false;
  };

  [[nodiscard]] net::Task<> refresh_limits();
  /// Grants a permit if the budget allows; returns when to try the next one.
  [[nodiscard]] Time grant_next();

  const Parts parts_;
  IdentifyBudget budget_{{}};
  std::optional<IdentifyQueue> queue_;
  std::map<unsigned, std::shared_ptr<Waiter>> waiters_;  ///< By shard.
  net::Event changed_;                                   ///< The queue has changed, or this was stopped.
  unsigned shards_ = 1;
  Time limits_from_{};
  std::string waiting_reason_;
  std::atomic<std::uint64_t> starts_last_day_{0};
  bool stopped_ = false;
};

}  // namespace guildhall::discord
