#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "database/models/command.hpp"
#include "database/models/user.hpp"

namespace guildhall::server {

/// The JSON of values that repositories keep in memory, made once for as long as a repository hands out the same one,
/// since dashboards ask for it again and again. Any event loop may ask.
template <class Id, class Value>
class JsonCache {
 public:
  using Encode = std::function<std::string(const Value&)>;

  /// Holds up to `capacity` bytes of JSON.
  explicit JsonCache(Encode encode, std::size_t capacity = 4U << 20) : encode_(std::move(encode)), capacity_(capacity) {}

  /// What `encode` makes of `value`, which is what there is of `id`.
  [[nodiscard]] std::shared_ptr<const std::string> json(Id id, const std::shared_ptr<const Value>& value) {
    if (auto known = find(id, value)) return known;
    auto encoded = std::make_shared<const std::string>(encode_(*value));
    remember(id, value, encoded);
    return encoded;
  }

 private:
  using Json = std::shared_ptr<const std::string>;

  struct Entry {
    std::weak_ptr<const Value> value;
    Json json;
  };

  [[nodiscard]] Json find(Id id, const std::shared_ptr<const Value>& value) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(id);
    // A value that is gone has no owner any more, even where the new one lies where it lay.
    if (found == entries_.end() || found->second.value.lock() != value) return nullptr;
    return found->second.json;
  }

  void remember(Id id, const std::shared_ptr<const Value>& value, Json json) {
    if (json->size() > capacity_ / 4) return;
    const std::lock_guard lock(mutex_);
    const auto replaced = entries_.find(id);
    if (replaced != entries_.end()) {
      size_ -= replaced->second.json->size();
      entries_.erase(replaced);
    }
    size_ += json->size();
    if (size_ > capacity_) {
      // What is still asked for is soon here again.
      entries_.clear();
      size_ = json->size();
    }
    entries_.emplace(id, Entry{value, std::move(json)});
  }

  const Encode encode_;
  const std::size_t capacity_;
  std::mutex mutex_;
  std::unordered_map<Id, Entry> entries_;
  std::size_t size_ = 0;
};

using UserJsonCache = JsonCache<base::UserId, database::User>;
using CommandJsonCache = JsonCache<base::GuildId, std::vector<database::Command>>;

}  // namespace guildhall::server
