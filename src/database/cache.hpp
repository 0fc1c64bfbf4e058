#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "base/lru_map.hpp"
#include "database/change_feed.hpp"

namespace guildhall::database {

/// For /metrics. A miss is a question to the database.
struct CacheCounters {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::size_t entries = 0;
};

/// Caches rows of one entity by their id, and the absence of rows. It answers only while the change feed is fresh, and
/// forgets what the feed reports as changed, the least recently used entries above `capacity`, and every entry after
/// `lifetime`, for rows that somebody edits by hand. Any thread may call.
///
/// `Group` is the type of the ids that the feed reports. A key of another type converts to the id of its group, and a
/// change of that ends the entries of the whole group.
template <class Key, class Value, class Group = Key>
class Cache {
 public:
  using TimePoint = ChangeFeed::TimePoint;
  using Pointer = std::shared_ptr<const Value>;

  static constexpr std::chrono::seconds lifetime{5};

  /// Taken before a value is read from the database, so that a value read before a change is not cached after it.
  struct Ticket {
    std::uint64_t epoch = 0;
    TimePoint taken;
  };

  /// `capacity` in bytes; `weigh` returns about how many a value takes.
  Cache(ChangeFeed& feed, Entity entity, std::size_t capacity, std::function<std::size_t(const Value&)> weigh)
      : feed_(feed), capacity_(capacity), weigh_(std::move(weigh)), entries_(capacity) {
    ChangeFeed::Listener listener{[this](const Change& change) { changed(change); }, [this] { clear(); }};
    subscription_ = feed_.subscribe(entity, std::move(listener));
  }
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;

  /// The value, a null pointer if there is no such row, or nothing if the database must be asked.
  [[nodiscard]] std::optional<Pointer> find(Key key, TimePoint now = std::chrono::steady_clock::now()) {
    // The feed first: an entry that is read after that has all changes that the feed promises.
    if (feed_.fresh(now)) {
      const std::lock_guard lock(mutex_);
      const auto* const found = entries_.find(key);
      if (found != nullptr && now < found->expires && found->epoch == epochs_[slot(Group(key))]) {
        hits_.fetch_add(1, std::memory_order_relaxed);
        return found->value;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Ticket ticket(Key key, TimePoint now = std::chrono::steady_clock::now()) {
    misses_.fetch_add(1, std::memory_order_relaxed);
    const std::lock_guard lock(mutex_);
    return {epochs_[slot(Group(key))], now};
  }

  /// Caches what was read from the database after `ticket` was taken.
  void put(Key key, Pointer value, Ticket ticket) {
    const std::size_t weight = entry_weight + (value ? weigh_(*value) : 0);
    if (weight > capacity_ / 4) return;
    const std::lock_guard lock(mutex_);
    if (epochs_[slot(Group(key))] != ticket.epoch) return;
    entries_.put(key, {std::move(value), ticket.taken + lifetime, ticket.epoch}, weight);
  }

  [[nodiscard]] CacheCounters counters() const {
    const std::lock_guard lock(mutex_);
    return {hits_.load(std::memory_order_relaxed), misses_.load(std::memory_order_relaxed), entries_.size()};
  }

 private:
  struct Entry {
    Pointer value;
    TimePoint expires;
    std::uint64_t epoch = 0;
  };
  static constexpr std::size_t entry_weight = 128;

  static std::size_t slot(Group group) { return (std::hash<Group>{}(group) >> 32) % slots; }

  void changed(const Change& change) {
    const auto group = Group::parse(change.id);
    if (!group) return clear();
    const std::lock_guard lock(mutex_);
    ++epochs_[slot(*group)];
    if constexpr (std::is_same_v<Key, Group>) entries_.erase(*group);
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    for (auto& epoch : epochs_) ++epoch;
    entries_.clear();
  }

  static constexpr std::size_t slots = 256;

  ChangeFeed& feed_;
  const std::size_t capacity_;
  const std::function<std::size_t(const Value&)> weigh_;
  mutable std::mutex mutex_;
  base::LruMap<Key, Entry> entries_;
  std::array<std::uint64_t, slots> epochs_{};  // counts the changes to the keys of each slot
  std::atomic<std::uint64_t> hits_{0};
  std::atomic<std::uint64_t> misses_{0};
  ChangeFeed::Subscription subscription_;  // last: ends before the members above
};

}  // namespace guildhall::database
