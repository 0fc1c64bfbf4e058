#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <list>
#include <unordered_map>
#include <utility>

namespace guildhall::base {

/// A map that holds entries up to a total weight and forgets those first that were not used for longest. Without
/// weights its capacity is a number of entries. For one thread at a time.
template <class Key, class Value, class Hash = std::hash<Key>>
class LruMap {
 public:
  explicit LruMap(std::size_t capacity) : capacity_(capacity) {}

  /// The value, or null; this counts as a use. Valid until the map is changed.
  [[nodiscard]] Value* find(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->value;
  }
  /// The same, but no use.
  [[nodiscard]] const Value* peek(const Key& key) const {
    const auto found = places_.find(key);
    return found == places_.end() ? nullptr : &found->second->value;
  }

  /// Inserts or replaces the value of `key`. One that is heavier than the capacity is not kept.
  void put(const Key& key, Value value, std::size_t weight = 1) {
    erase(key);
    if (weight > capacity_) return;
    order_.push_front({key, std::move(value), weight});
    places_.emplace(key, order_.begin());
    weight_ += weight;
    while (weight_ > capacity_) erase(std::prev(order_.end()));
  }

  /// Whether there was one.
  bool erase(const Key& key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return false;
    erase(found->second);
    return true;
  }

  void clear() {
    places_.clear();
    order_.clear();
    weight_ = 0;
  }

  [[nodiscard]] std::size_t size() const { return places_.size(); }
  [[nodiscard]] std::size_t weight() const { return weight_; }

 private:
  struct Entry {
    Key key;
    Value value;
    std::size_t weight;
  };
  using Place = typename std::list<Entry>::iterator;

  void erase(Place place) {
    weight_ -= place->weight;
    places_.erase(place->key);
    order_.erase(place);
  }

  std::size_t capacity_;
  std::size_t weight_ = 0;
  std::list<Entry> order_;  // the last used first
  std::unordered_map<Key, Place, Hash> places_;
};

}  // namespace guildhall::base
