#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/lru_map.hpp"
#include "database/models/command.hpp"
#include "database/models/user.hpp"

namespace guildhall::server {

/// The JSON of values that repositories cache, encoded once for as long as a repository hands out the same value,
/// because dashboards ask for it again and again. Any event loop may ask.
template <class Id, class Value>
class JsonCache {
 public:
  using Encode = std::function<std::string(const Value&)>;

  /// Holds up to `capacity` bytes of JSON.
  explicit JsonCache(Encode encode, std::size_t capacity = 4U << 20)
      : encode_(std::move(encode)), max_size_(capacity / 4), entries_(capacity) {}

  /// The JSON of `value`, which belongs to `id`.
  [[nodiscard]] std::shared_ptr<const std::string> json(Id id, const std::shared_ptr<const Value>& value) {
    {
      const std::lock_guard lock(mutex_);
      const Entry* known = entries_.find(id);
      // The weak pointer of a value that is gone has no owner, even if a new value has its address.
      if (known != nullptr && known->value.lock() == value) return known->json;
    }
    auto encoded = std::make_shared<const std::string>(encode_(*value));
    if (encoded->size() <= max_size_) {
      const std::lock_guard lock(mutex_);
      entries_.put(id, {value, encoded}, encoded->size());
    }
    return encoded;
  }

 private:
  struct Entry {
    std::weak_ptr<const Value> value;
    std::shared_ptr<const std::string> json;
  };

  const Encode encode_;
  const std::size_t max_size_;  ///< Of one entry.
  std::mutex mutex_;
  base::LruMap<Id, Entry> entries_;
};

using UserJsonCache = JsonCache<base::UserId, database::User>;
using CommandJsonCache = JsonCache<base::GuildId, std::vector<database::Command>>;

}  // namespace guildhall::server
