#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/gateway/identify_budget.hpp"
#include "discord/gateway/identify_queue.hpp"
#include "discord/gateway/monitor.hpp"
#include "discord/gateway/session_store.hpp"
#include "discord/gateway/wake_up.hpp"
#include "discord/model/gateway_bot.hpp"

namespace guildhall::discord {

/// Lets shards start sessions: in the order and at the distance that Discord wants, as long as the budget allows, and
/// not before it is written down. Members are called on one event loop, but for those that say any thread.
class IdentifyGate {
 public:
  using Fetch = std::function<net::Task<base::Result<GatewayBot>>()>;

  struct Parts {
    net::Executor executor;
    Fetch fetch;  ///< Asked again before a start where the last answer is old.
    GatewaySessionStore& store;
    const base::Clock& clock;
    base::Log log;
    std::string bot;  ///< Whose sessions they are, for the store.
    GatewayMonitor& monitor;
  };

  explicit IdentifyGate(Parts parts);

  /// Learns of the starts of former runs of the program. Throws what the store throws; they count as none then.
  [[nodiscard]] net::Task<> load();
  /// What Discord says of starts; the first time before `run`.
  void learn(const GatewayBot& bot, unsigned shards);

  void enter(unsigned shard);
  void leave(unsigned shard, bool identified);
  /// Counts a start and writes it down, as far as the store is there.
  [[nodiscard]] net::Task<> count();

  /// Calls `give` for each shard whose turn it is, until `stop`.
  [[nodiscard]] net::Task<> run(std::function<void(unsigned shard)> give);
  /// Nobody gets a turn any more.
  void stop();

  /// Starts within the last day, as of the last one; any thread.
  [[nodiscard]] std::uint64_t starts_in_a_day() const { return starts_in_a_day_; }

 private:
  using Time = WakeUp::Time;

  [[nodiscard]] net::Task<> refresh();
  [[nodiscard]] Time give_one(const std::function<void(unsigned shard)>& give);

  Parts parts_;
  WakeUp wake_up_;
  IdentifyBudget budget_{{}};
  std::optional<IdentifyQueue> queue_;
  unsigned shards_ = 1;
  Time learnt_at_{};
  std::string notice_;
  std::atomic<std::uint64_t> starts_in_a_day_{0};
  bool stopped_ = false;
};

}  // namespace guildhall::discord
