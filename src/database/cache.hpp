#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "database/change_feed.hpp"

namespace guildhall::database {

/// How often a cache could answer, and how often the database was asked instead.
struct CacheCounters {
  std::uint64_t hits = 0;
  std::uint64_t misses = 0;
  std::size_t entries = 0;
};

/// Remembers rows of one entity by their id, and that there is none. It answers only while the change feed is fresh,
/// forgets what the feed tells, what was not asked for longest once `capacity` is reached, and everything after
/// `lifetime`, for the sake of rows that were edited by hand. Any thread may call.
template <class Key, class Value>
class Cache {
 public:
  using TimePoint = ChangeFeed::TimePoint;
  using Pointer = std::shared_ptr<const Value>;

  static constexpr std::chrono::seconds lifetime{5};

  /// Taken before a value is read from the database, so that a value read before a change is not remembered after it.
  struct Ticket {
    std::uint64_t epoch = 0;
    TimePoint taken;
  };

  /// `capacity` in the unit of `weigh`, which says about how many bytes a value takes.
  Cache(ChangeFeed& feed, Entity entity, std::size_t capacity, std::function<std::size_t(const Value&)> weigh)
      : feed_(feed), capacity_(capacity), weigh_(std::move(weigh)) {
    ChangeFeed::Listener listener{[this](const Change& change) { changed(change); }, [this] { clear(); }};
    subscription_ = feed_.subscribe(entity, std::move(listener));
  }
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;

  /// The value, a null pointer where it is known that there is none, or nothing where the database must be asked.
  [[nodiscard]] std::optional<Pointer> find(Key key, TimePoint now = std::chrono::steady_clock::now()) {
    // First the feed, then the entry: the entry then has all that the feed promises.
    if (feed_.fresh(now)) {
      const std::lock_guard lock(mutex_);
      const auto found = entries_.find(key);
      if (found != entries_.end() && now < found->second->expires) {
        order_.splice(order_.begin(), order_, found->second);
        hits_.fetch_add(1, std::memory_order_relaxed);
        return found->second->value;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] Ticket ticket(Key key, TimePoint now = std::chrono::steady_clock::now()) {
    misses_.fetch_add(1, std::memory_order_relaxed);
    const std::lock_guard lock(mutex_);
    return {epochs_[slot(key)], now};
  }

  /// Remembers what was read from the database after `ticket` was taken.
  void put(Key key, Pointer value, Ticket ticket) {
    const std::size_t weight = entry_weight + (value ? weigh_(*value) : 0);
    if (weight > capacity_ / 4) return;
    const std::lock_guard lock(mutex_);
    if (epochs_[slot(key)] != ticket.epoch) return;
    erase(key);
    order_.push_front({key, std::move(value), weight, ticket.taken + lifetime});
    entries_.emplace(key, order_.begin());
    weight_ += weight;
    while (weight_ > capacity_) erase(Key{order_.back().key});
  }

  [[nodiscard]] CacheCounters counters() const {
    const std::lock_guard lock(mutex_);
    return {hits_.load(std::memory_order_relaxed), misses_.load(std::memory_order_relaxed), entries_.size()};
  }

 private:
  struct Entry {
    Key key;
    Pointer value;
    std::size_t weight;
    TimePoint expires;
  };
  static constexpr std::size_t entry_weight = 128;

  static std::size_t slot(Key key) { return (std::hash<Key>{}(key) >> 32) % slots; }

  void changed(const Change& change) {
    const auto key = Key::parse(change.id);
    if (!key) return clear();
    const std::lock_guard lock(mutex_);
    ++epochs_[slot(*key)];
    erase(*key);
  }

  void clear() {
    const std::lock_guard lock(mutex_);
    for (auto& epoch : epochs_) ++epoch;
    entries_.clear();
    order_.clear();
    weight_ = 0;
  }

  void erase(Key key) {
    const auto found = entries_.find(key);
    if (found == entries_.end()) return;
    weight_ -= found->second->weight;
    order_.erase(found->second);
    entries_.erase(found);
  }

  static constexpr std::size_t slots = 256;

  ChangeFeed& feed_;
  const std::size_t capacity_;
  const std::function<std::size_t(const Value&)> weigh_;
  mutable std::mutex mutex_;
  std::list<Entry> order_;  // newest use first
  std::unordered_map<Key, typename std::list<Entry>::iterator> entries_;
  std::array<std::uint64_t, slots> epochs_{};  // counts the changes to the keys of each slot
  std::size_t weight_ = 0;
  std::atomic<std::uint64_t> hits_{0};
  std::atomic<std::uint64_t> misses_{0};
  ChangeFeed::Subscription subscription_;  // last: ends before the rest goes
};

}  // namespace guildhall::database
