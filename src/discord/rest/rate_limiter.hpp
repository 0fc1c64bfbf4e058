#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <unordered_map>

#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/rest/rate_limit_state.hpp"
#include "discord/rest/stats.hpp"
#include "net/async/event.hpp"

namespace guildhall::discord {

/// Lets requests wait until RateLimitState permits them. Lives on one executor, where all members are called.
class RateLimiter : public std::enable_shared_from_this<RateLimiter> {
 public:
  /// `counters` outlives the limiter.
  RateLimiter(net::Executor home, RateLimits limits, RestCounters& counters, base::Log log);

  /// A request from its permission to its end. Destroying it ends the request, whatever its state.
  class Permit {
   public:
    Permit(std::shared_ptr<RateLimiter> limiter, RateLimitKey key, std::size_t bytes, RateLimitState::Time deadline);
    Permit(Permit&&) noexcept = default;
    ~Permit();

    /// The request was answered; or, without headers, its answer was lost.
    void complete(const std::optional<RateLimitHeaders>& headers);
    /// Waits at the former place in the queue, for at least `pause`, to send the request again.
    [[nodiscard]] net::Task<base::Result<void>> reacquire(std::chrono::milliseconds pause);
    /// Time spent waiting so far.
    [[nodiscard]] std::chrono::milliseconds waited() const { return waited_; }

   private:
    friend class RateLimiter;
    [[nodiscard]] net::Task<base::Result<void>> wait();

    std::shared_ptr<RateLimiter> limiter_;
    RateLimitState::RequestId id_ = 0;
    std::chrono::milliseconds waited_{0};
  };

  /// Returns when a request with a body of `bytes` may be sent. Errors are those of RateLimitState::enqueue.
  [[nodiscard]] net::Task<base::Result<Permit>> acquire(RateLimitKey key, std::size_t bytes,
                                                        std::chrono::milliseconds patience);

  /// As in RateLimitState.
  void refuse(std::uint64_t account, std::chrono::milliseconds duration);
  void close();

 private:
  struct Waiter {
    net::Event decided;
    std::optional<RateLimitState::Decision> decision;
  };

  /// Delivers the decisions that are due and arms the timer for the next ones.
  void update();
  void log_ban(unsigned status);

  RateLimitState state_;
  RestCounters& counters_;
  const base::Log log_;
  boost::asio::steady_timer timer_;
  std::unordered_map<RateLimitState::RequestId, Waiter> waiters_;
  bool stopped_ = false;
  RateLimitState::Time ban_logged_until_{};
};

}  // namespace guildhall::discord
