#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "base/lru_map.hpp"

namespace guildhall::server {

/// The JSON of values that repositories cache: encoded once for as long as a repository hands out the same value, and
/// one buffer for all who are sent the same JSON at the same time. Any event loop may ask.
class JsonCache {
 public:
  /// What the JSON is made of; the second may be null.
  using Sources = std::array<std::shared_ptr<const void>, 2>;
  using Encode = std::function<std::string()>;

  /// Holds up to `capacity` bytes of JSON that nobody is sent at the moment.
  explicit JsonCache(std::size_t capacity = 8U << 20) : max_size_(capacity / 4), entries_(capacity) {}

  /// The JSON that `encode` makes of `sources`. The `key` says what it shows.
  [[nodiscard]] std::shared_ptr<const std::string> json(const std::string& key, const Sources& sources,
                                                        const Encode& encode);

 private:
  struct Entry {
    std::array<std::weak_ptr<const void>, 2> sources;
    std::shared_ptr<const std::string> kept;  ///< Null for JSON above `max_size_`.
    std::weak_ptr<const std::string> sent;
  };

  static bool is_made_of(const Entry& entry, const Sources& sources);

  const std::size_t max_size_;  ///< Of one entry.
  std::mutex mutex_;
  base::LruMap<std::string, Entry> entries_;
};

}  // namespace guildhall::server
