#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "discord/rest/limits.hpp"
#include "discord/rest/rate_limit_headers.hpp"
#include "discord/rest/routes.hpp"

namespace guildhall::discord {

/// Which limits apply to a request.
struct RateLimitKey {
  std::uint64_t account = 0;  ///< Identifies the Authorization; zero for requests without one.
  Route route = Route::current_user;
  std::uint64_t major = 0;  ///< Identifies the channel, guild, or webhook and its token; zero if the route has none.
};

struct RateLimits {
  std::size_t max_waiting = 5000;
  std::size_t max_bytes = 16 * 1024 * 1024;
  /// For each account (Discord: topics/rate-limits, Global Rate Limit). The window is longer than a second, because
  /// requests take different times to arrive.
  std::size_t global = 50;
  std::chrono::milliseconds global_window{1050};
};

/// Decides when each request may be sent (Discord: topics/rate-limits). It does no I/O and reads no clock. Requests of
/// one bucket are permitted in the order in which they were enqueued. While the address is banned nothing is sent; an
/// answer that does not say for how long is taken for minutes, more with each ban in a row.
///
/// Call `decide` after each call that takes a time, and when `next_decision` has come. Not thread-safe.
class RateLimitState {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using RequestId = std::uint64_t;

  /// The request may be sent; or it is refused, with the reason.
  struct Decision {
    RequestId request = 0;
    std::optional<base::Error> refusal;
  };

  explicit RateLimitState(RateLimits limits);
  ~RateLimitState();
  RateLimitState(const RateLimitState&) = delete;
  RateLimitState& operator=(const RateLimitState&) = delete;

  /// A request with a body of `bytes` waits for a decision, at most until `deadline`. Refused with Errc::rate_limited
  /// when the deadline passes or is known to be too early, or too much waits; unauthenticated if the account's token
  /// was refused; unavailable while too many requests were invalid or the address is banned. Each request must be
  /// removed in the end.
  [[nodiscard]] RequestId enqueue(RateLimitKey key, std::size_t bytes, Time deadline, Time now);

  /// A request that was sent has ended: with an answer, or without.
  void complete(RequestId id, const RateLimitHeaders& headers, Time now);
  void fail(RequestId id, Time now);

  /// A request that has ended waits for a decision again, at its former place, but not before `not_before`.
  void requeue(RequestId id, Time not_before, Time now);

  /// Ends a request in any state.
  void remove(RequestId id, Time now);

  /// Discord refused the account's token: its requests are refused until then.
  void refuse(std::uint64_t account, Time until, Time now);

  /// Refuses waiting and future requests.
  void close(Time now);

  /// The decisions that are due, each once: first the permitted requests in the order of their ids, then the refused.
  [[nodiscard]] std::vector<Decision> decide(Time now);

  /// When the next decision can be due if nothing else happens; valid after `decide`.
  [[nodiscard]] std::optional<Time> next_decision() const { return next_; }

  /// When the address's ban ends, as far as that is known; in the past if there is none.
  [[nodiscard]] Time banned_until() const { return banned_until_; }

  struct Counts {
    std::size_t waiting = 0;
    std::size_t bytes = 0;
    std::size_t in_flight = 0;
    std::size_t invalid = 0;
    std::size_t buckets = 0;
    bool stopped = false;  ///< By the invalid request limit.
  };
  [[nodiscard]] Counts counts(Time now);

 private:
  struct Account;
  struct Queue;
  struct Request {
    /// `idle`: before `requeue` or `remove`.
    enum class State : std::uint8_t { waiting, pausing, in_flight, idle };

    RateLimitKey key;
    std::size_t bytes = 0;
    Time deadline;
    State state = State::idle;
    Time paused_until{};
    Queue* queue = nullptr;  ///< While waiting or in flight.
  };
  /// Which bucket a queue is for: before the first answer all requests of a route wait in one, afterwards those of each
  /// bucket that Discord named, or of each route without a bucket, by `major`.
  struct QueueKey {
    enum class Kind : std::uint8_t { unknown, bucket, unlimited };
    std::uint64_t account = 0;
    Kind kind = Kind::unknown;
    std::uint64_t name = 0;  ///< The bucket's, or the route.
    std::uint64_t major = 0;
    friend auto operator<=>(const QueueKey&, const QueueKey&) = default;
  };

  [[nodiscard]] Account& account_of(std::uint64_t key, Time now);
  [[nodiscard]] Queue& queue_of(const RateLimitKey& key, Time now);
  void wait(RequestId id, Request& request, Time now);
  void stop_waiting(RequestId id, Request& request);
  void join(RequestId id, Request& request, Time now);
  Queue& end_flight(Request& request, Time now);
  void learn(const Request& request, const RateLimitHeaders& headers, Time now);
  void apply(const RateLimitHeaders::Limited& limited, Queue& queue, Time now);
  void apply_ban(std::optional<std::chrono::milliseconds> retry_after, Time now);
  /// The earliest time at which the request may be sent, as far as that is known.
  [[nodiscard]] Time known_start(const Request& request, Time now);
  [[nodiscard]] std::optional<base::Error> reason_to_refuse(const Request& request, Time now);
  void review(RequestId id, Request& request, Time now);
  void review_all(Time now);
  void refuse_request(RequestId id, Request& request, base::Error error);
  /// The queue with the oldest first request that may be sent; sets `next_` by the others.
  [[nodiscard]] Queue* next_queue(Time now);
  [[nodiscard]] RequestId permit_first(Queue& queue, Time now);
  void forget_idle(Time now);

  const RateLimits limits_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Account>> accounts_;
  std::map<QueueKey, std::unique_ptr<Queue>> queues_;
  std::unordered_map<RequestId, Request> requests_;
  std::unordered_set<Queue*> waiting_queues_;       ///< All with requests; some without.
  std::set<std::pair<Time, RequestId>> deadlines_;  ///< Of requests that wait or pause.
  std::set<std::pair<Time, RequestId>> pauses_;     ///< The ends of pauses.
  std::vector<Decision> refused_;
  InvalidRequestLimit invalid_;
  Time banned_until_{};
  unsigned bans_ =
      0;  ///< In a row. Unless it is 0, one request at a time is sent after a ban, to see whether it is over.
  Time paced_until_{};  ///< By the invalid request limit.
  Time forget_at_{};
  std::optional<Time> next_;
  RequestId last_id_ = 0;
  std::size_t bytes_ = 0;
  std::size_t in_flight_ = 0;
  std::size_t buckets_ = 0;
  bool closed_ = false;
};

}  // namespace guildhall::discord
