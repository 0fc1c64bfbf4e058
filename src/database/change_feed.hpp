#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/event_bus.hpp"
#include "base/id.hpp"

namespace soci {
class session;
}

namespace guildhall::database {

/// What a change is about. The numbers are stored.
enum class Entity : std::uint8_t {
  nothing = 0,      ///< What a write changes that only tries whether writes succeed.
  user = 1,         ///< A user or the user's roles; the id is the user's.
  guild = 2,        ///< A guild's row; the id is the guild's.
  commands = 3,     ///< Any command of a guild; the id is the guild's.
  spent_token = 4,  ///< A token that was denied; the id is the token's.
};

struct Change {
  Entity entity{};
  std::string id;

  auto operator<=>(const Change&) const = default;
};

/// What write jobs change, each thing once. The rows of the feed are written in the same transaction.
class Changes {
 public:
  void add(Entity entity, std::string id) { changes_.insert({entity, std::move(id)}); }
  void add(Changes&& others) { changes_.merge(others.changes_); }
  template <class Tag>
  void add(Entity entity, base::Id<Tag> id) {
    add(entity, id.to_string());
  }
  [[nodiscard]] const std::set<Change>& all() const { return changes_; }

 private:
  std::set<Change> changes_;
};

/// Tells caches which entities this process and all others that share the database have changed. Every write appends to
/// table `changes` in its own transaction, and every process reads new rows each `poll_interval`. Listeners hear of
/// changes of their own process right after the commit, before the writer's caller continues.
///
/// The promise: every feed that is `fresh` has told of all changes that were committed before `trust` ago. So a caller
/// that needs all processes to see a write waits for `settle_time` after it, and a reader of a cache asks `fresh` first
/// and looks into the cache then.
///
/// All members may be called from any thread.
class ChangeFeed {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::milliseconds poll_interval{100};
  /// How long after the start of a successful poll its result is trusted.
  static constexpr std::chrono::milliseconds trust{300};
  /// When a write was answered so long ago, no process acts on the state before it.
  static constexpr std::chrono::milliseconds settle_time{350};
  /// How long rows of the feed are kept.
  static constexpr std::chrono::minutes keep{10};
  static_assert(2 * poll_interval < trust, "a poll may be late");
  static_assert(trust < settle_time);

  /// Called on a thread of the database: must be quick, must neither throw nor call the feed.
  struct Listener {
    std::function<void(const Change&)> changed;
    /// Changes may have been missed: everything remembered is in doubt.
    std::function<void()> missed;
  };

  /// A change, or nothing if changes may have been missed.
  using Notice = std::optional<Change>;
  /// Ends when it is destroyed, which must happen before the feed goes.
  using Subscription = base::Topic<Notice>::Subscription;

  enum class Writers : std::uint8_t {
    many,      ///< Other processes write as well.
    only_this  ///< Nobody else can (a database in memory): the feed is always fresh and needs no polls.
  };

  /// `overlap`: how many numbers behind the newest a change may still appear. Zero where changes become visible in the
  /// order of their numbers.
  ChangeFeed(Writers writers, std::int64_t overlap) : writers_(writers), overlap_(overlap) {}

  [[nodiscard]] Subscription subscribe(Entity entity, Listener listener);

  /// Whether listeners know of all changes up to `trust` before `now`.
  [[nodiscard]] bool fresh(TimePoint now = std::chrono::steady_clock::now()) const {
    return writers_ == Writers::only_this || now.time_since_epoch().count() < trusted_until_.load();
  }

  /// A change that this process wrote, with the number that its row got.
  struct Numbered {
    std::int64_t number = 0;
    Change change;
  };

  /// Writes the rows of `changes` in the transaction that `sql` has open.
  [[nodiscard]] std::vector<Numbered> append(soci::session& sql, const Changes& changes, base::Timestamp now) const;
  /// Tells of changes of this process, after the commit of their transaction.
  void announce(std::span<const Numbered> committed);
  /// Starts behind the newest row. Called once, before any cache is filled.
  void begin(soci::session& sql, TimePoint now);
  /// Reads the rows since the last poll and tells of them. `now` is the time before the call. Throws what SOCI throws.
  /// Called by one thread.
  void poll(soci::session& sql, TimePoint now);
  /// Removes up to `purge_step` rows that are older than `keep`, in the transaction that `sql` has open. Returns how
  /// many.
  long long purge(soci::session& sql, TimePoint now);

  static constexpr std::int64_t purge_step = 500;

 private:
  [[nodiscard]] bool read_page(soci::session& sql, std::int64_t& cursor);

  const Writers writers_;
  const std::int64_t overlap_;
  std::atomic<std::chrono::steady_clock::rep> trusted_until_{0};
  base::Topic<Notice> topic_;

  std::mutex mutex_;             // held while listeners are called, so that no poll is trusted before they return
  std::int64_t newest_ = 0;      // the highest number that a poll has seen
  std::set<std::int64_t> told_;  // numbers that were told and that a later poll may see again
  TimePoint polled_;             // start of the last successful poll
  // What `newest_` was at times a minute apart. Purges go by these, since clocks of machines differ.
  std::deque<std::pair<TimePoint, std::int64_t>> marks_;
};

}  // namespace guildhall::database
