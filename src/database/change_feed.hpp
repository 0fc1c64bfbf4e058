#pragma once

#include <atomic>
#include <chrono>
#include <compare>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace soci {
class session;
}

namespace guildhall::database {

/// What a change is about. The numbers are stored.
enum class Entity : std::uint8_t {
  user = 1,         ///< A user or the roles it has; the id is the user's.
  guild = 2,        ///< A guild's row; the id is the guild's.
  commands = 3,     ///< Any command of a guild; the id is the guild's.
  spent_token = 4,  ///< A token that was spent; the id is the token's.
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

/// Tells what was changed in the database, by this process and by all others that share it, so that caches can drop
/// what is old. Every write appends to table `changes` in its own transaction; every process reads what was appended
/// each `poll_interval`. Changes of this process are told at once, after their commit and before their caller goes on.
///
/// The promise: what was committed before `trust` ago has been told by every feed that is `fresh`. So whoever must know
/// that no process acts on the old state any more waits for `settle_time` after the write, and whoever acts on
/// remembered state asks `fresh` first, then looks at what is remembered.
///
/// All members may be called from any thread.
class ChangeFeed {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::milliseconds poll_interval{100};
  /// How long after the start of a successful poll its outcome is trusted.
  static constexpr std::chrono::milliseconds trust{300};
  /// After a write was answered and this time has passed, no process acts on the state before it.
  static constexpr std::chrono::milliseconds settle_time{350};
  /// How long rows of the feed are kept.
  static constexpr std::chrono::minutes keep{10};

  /// Called on a thread of the database: must be quick, must neither throw nor call the feed.
  struct Listener {
    std::function<void(const Change&)> changed;
    /// Changes may have been missed: everything remembered is in doubt.
    std::function<void()> missed;
  };

  /// Ends a subscription when it goes. Goes before the feed does.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(ChangeFeed& feed, std::uint64_t key) : feed_(&feed), key_(key) {}
    Subscription(Subscription&& other) noexcept : feed_(std::exchange(other.feed_, nullptr)), key_(other.key_) {}
    Subscription& operator=(Subscription&& other) noexcept {
      std::swap(feed_, other.feed_);
      std::swap(key_, other.key_);
      return *this;
    }
    ~Subscription() {
      if (feed_ != nullptr) feed_->unsubscribe(key_);
    }

   private:
    ChangeFeed* feed_ = nullptr;
    std::uint64_t key_ = 0;
  };

  enum class Writers : std::uint8_t {
    many,      ///< Other processes write as well.
    only_this  ///< Nobody else can (a database in memory): the feed is always fresh and needs no polls.
  };

  /// `overlap`: how many numbers behind the newest a change may still appear. Zero where changes become visible in the
  /// order of their numbers.
  ChangeFeed(Writers writers, std::int64_t overlap) : writers_(writers), overlap_(overlap) {}

  [[nodiscard]] Subscription subscribe(Entity entity, Listener listener);

  /// Whether what the listeners were told is complete up to `trust` before `now`.
  [[nodiscard]] bool fresh(TimePoint now = std::chrono::steady_clock::now()) const {
    return writers_ == Writers::only_this || now.time_since_epoch().count() < trusted_until_.load();
  }

  /// A change that this process wrote, with the number that its row got.
  struct Numbered {
    std::int64_t number = 0;
    Change change;
  };

  /// Writes the rows of `changes` as part of the transaction that `sql` has open.
  [[nodiscard]] std::vector<Numbered> append(soci::session& sql, const Changes& changes, base::Timestamp now) const;
  /// Tells of changes of this process whose transaction has been committed.
  void announce(std::span<const Numbered> committed);
  /// Starts behind what the table has now. Called once, before anything is remembered.
  void begin(soci::session& sql, TimePoint now);
  /// Reads what was appended since the last poll and tells of it. `now` is the time before the call. Throws what SOCI
  /// throws. One thread polls.
  void poll(soci::session& sql, TimePoint now);
  /// Removes up to `purge_step` of the rows that were there `keep` ago and returns how many, as part of the transaction
  /// that `sql` has open.
  long long purge(soci::session& sql, TimePoint now);

  static constexpr std::int64_t purge_step = 500;

 private:
  void unsubscribe(std::uint64_t key);
  void tell(const Change& change);
  void tell_missed();
  [[nodiscard]] bool read_page(soci::session& sql, std::int64_t& cursor);

  const Writers writers_;
  const std::int64_t overlap_;
  std::atomic<std::chrono::steady_clock::rep> trusted_until_{0};

  std::mutex mutex_;  // held while listeners are told, so that a subscription that went is not told any more
  std::map<std::uint64_t, std::pair<Entity, Listener>> listeners_;
  std::uint64_t next_key_ = 1;
  std::int64_t newest_ = 0;      // the highest number that a poll has seen
  std::set<std::int64_t> told_;  // numbers that were told and that a later poll may see again
  TimePoint polled_;             // start of the last successful poll
  // What `newest_` was at times a minute apart. Purges go by these, since clocks of machines differ.
  std::deque<std::pair<TimePoint, std::int64_t>> marks_;
};

}  // namespace guildhall::database
