#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>

namespace guildhall::discord {

/// Whose turn it is to start a session: shards with the same remainder by `max_concurrency` one after the other, five
/// seconds apart (Discord: Gateway, Max Concurrency).
class IdentifyQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr Time never = Time::max();
  /// Discord counts five seconds at its end; a little more, as the way there is not always equally long.
  static constexpr std::chrono::milliseconds spacing{5'200};

  explicit IdentifyQueue(unsigned max_concurrency) : max_concurrency_(max_concurrency) {}

  /// A shard waits for its turn.
  void enter(unsigned shard);
  /// A shard waits no longer, or its turn is over; `identified`: and IDENTIFY was sent.
  void leave(unsigned shard, bool identified, Time now);

  /// The next one whose turn it is now. Nobody of its bucket is next until it leaves.
  [[nodiscard]] std::optional<unsigned> take(Time now);
  /// When `take` has somebody, as far as that is known; `never` where nobody waits whose turn could come.
  [[nodiscard]] Time next() const;
  /// Whether anyone waits.
  [[nodiscard]] bool waits() const;
  /// How many have their turn.
  [[nodiscard]] unsigned taken() const;

 private:
  struct Bucket {
    std::deque<unsigned> line;
    std::optional<unsigned> taken;
    Time free_at = Time::min();
  };

  unsigned max_concurrency_;
  std::map<unsigned, Bucket> buckets_;
};

}  // namespace guildhall::discord
