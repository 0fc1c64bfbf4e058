#pragma once

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
#include "discord/rest/bucket.hpp"
#include "discord/rest/global_window.hpp"
#include "discord/rest/invalid_budget.hpp"
#include "discord/rest/rate_news.hpp"
#include "discord/rest/routes.hpp"

namespace guildhall::discord {

/// Which limits a request falls under.
struct Lane {
  std::uint64_t account = 0;  ///< Stands for the Authorization; zero for requests without one.
  Route route = Route::current_user;
  std::uint64_t major = 0;  ///< Stands for the channel, guild, or webhook and its token; zero where a route has none.
};

struct TrafficLimits {
  std::size_t waiting = 5000;
  std::size_t bytes = 16 * 1024 * 1024;
  /// For each account (Discord: topics/rate-limits, Global Rate Limit). The window is longer than a second, since
  /// requests take different times on their way.
  std::size_t global = 50;
  std::chrono::milliseconds global_window{1050};
};

/// Decides which request may go when (Discord: topics/rate-limits), and does nothing else: it sends nothing and knows
/// no clock. Requests of one bucket go in the order in which they entered.
///
/// After each call that takes a time, and when `next_decision` has come, ask `decide`. Not for several threads at once.
class TrafficControl {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Ticket = std::uint64_t;

  /// The request goes now; or it does not go, and why.
  struct Verdict {
    Ticket ticket = 0;
    std::optional<base::Error> refusal;
  };

  explicit TrafficControl(TrafficLimits limits);
  ~TrafficControl();
  TrafficControl(const TrafficControl&) = delete;
  TrafficControl& operator=(const TrafficControl&) = delete;

  /// A request of that many bytes waits for a verdict, until `deadline` at most. Errc::rate_limited where that is over
  /// or is known to be too short, or where too much waits; unauthenticated for a refused account; unavailable while
  /// too many requests are held against us.
  [[nodiscard]] Ticket enter(Lane lane, std::size_t bytes, Time deadline, Time now);

  /// What became of a request that went: its answer, or that there was none.
  void answered(Ticket ticket, const RateNews& news, Time now);
  void lost(Ticket ticket, Time now);

  /// A request that was answered or lost waits once more for a verdict, at its old place, but not before that time.
  void again(Ticket ticket, Time not_before, Time now);

  /// The request is no more, in whatever state it is. Each ticket that was given must leave.
  void leave(Ticket ticket, Time now);

  /// Discord does not accept the account's authorization: its requests are refused until then.
  void refuse(std::uint64_t account, Time until, Time now);

  /// Refuses what waits and what comes.
  void close(Time now);

  /// The verdicts that are due, each once: first those that go, in the order in which they entered, then refusals.
  [[nodiscard]] std::vector<Verdict> decide(Time now);

  /// When there may be another verdict though nothing happens until then; as of the last `decide`.
  [[nodiscard]] std::optional<Time> next_decision() const { return next_; }

  struct Counts {
    std::size_t waiting = 0;
    std::size_t bytes = 0;
    std::size_t in_flight = 0;
    std::size_t invalid = 0;
    std::size_t buckets = 0;
    bool stopped = false;  ///< By the budget of invalid requests.
  };
  [[nodiscard]] Counts counts(Time now);

 private:
  struct Account;
  struct Queue;
  struct Request {
    /// `held` is a request about which its owner has to decide.
    enum class State : std::uint8_t { waiting, pausing, in_flight, held };

    Lane lane;
    std::size_t bytes = 0;
    Time deadline;
    State state = State::held;
    Time pause_until{};
    Queue* queue = nullptr;  ///< While it waits or is in flight.
  };
  struct QueueKey {
    enum class Kind : std::uint8_t { unknown, named, bare };
    std::uint64_t account = 0;
    Kind kind = Kind::unknown;
    std::uint64_t name = 0;
    std::uint64_t major = 0;
    friend bool operator==(const QueueKey&, const QueueKey&) = default;
  };
  struct QueueKeyHash {
    std::size_t operator()(const QueueKey& key) const noexcept;
  };

  [[nodiscard]] Account& account_of(std::uint64_t key, Time now);
  [[nodiscard]] Queue& queue_of(const Lane& lane, Time now);
  void line_up(Ticket ticket, Request& request, Time now);
  void step_out(Ticket ticket, Request& request, Time now);
  void place(Queue& queue, Time now);
  void displace(Queue& queue);
  void move_waiting(Queue& from, Time now);
  void learn(const Request& request, const RateNews& news, Time now);
  void apply(const RateNews::Limited& limited, Queue& queue, Time now);
  void end_flight(Queue& queue, Request& request, Time now);
  [[nodiscard]] Time gate(Account& account, Time now);
  [[nodiscard]] Time known_wait(Queue& queue, Time now);
  [[nodiscard]] std::optional<base::Error> objection(const Request& request, Time now);
  void review(Ticket ticket, Request& request, Time now);
  void review_all(Time now);
  void refuse_request(Ticket ticket, Request& request, base::Error error, Time now);
  void start_ready(Time now, std::vector<Verdict>& verdicts);
  /// The account whose first request has waited longest of those that may go; sets `next_` by those that may not.
  [[nodiscard]] Account* next_account(Time now);
  void start(Ticket ticket, Time now);
  void forget_idle(Time now);

  TrafficLimits limits_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Account>> accounts_;
  std::unordered_map<QueueKey, std::unique_ptr<Queue>, QueueKeyHash> queues_;
  std::map<Ticket, Request> requests_;
  std::set<std::pair<Time, Ticket>> deadlines_;  ///< Of requests that wait or pause.
  std::set<std::pair<Time, Ticket>> pauses_;     ///< Requests that shall not wait in line before a time.
  std::set<std::pair<Time, Queue*>> timed_;      ///< Queues whose first request may go at a time.
  std::unordered_set<Account*> accounts_with_ready_;
  std::vector<Verdict> refused_;
  InvalidBudget budget_;
  Time address_blocked_until_{};
  Time paced_until_{};
  Time forget_at_{};
  std::optional<Time> next_;
  Ticket last_ticket_ = 0;
  std::size_t waiting_ = 0;  ///< Those that pause included.
  std::size_t bytes_ = 0;
  std::size_t in_flight_ = 0;
  std::size_t named_queues_ = 0;
  bool closed_ = false;
};

}  // namespace guildhall::discord
