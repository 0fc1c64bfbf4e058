#include "server/json_cache.hpp"

#include <utility>

namespace guildhall::server {
namespace {

/// What an entry weighs besides its JSON.
constexpr std::size_t json_entry_weight = 256;

}  // namespace

/// The weak pointer of a value that is gone has no owner, even if a new value has its address.
bool JsonCache::is_made_of(const Entry& entry, const Sources& sources) {
  return entry.sources[0].lock() == sources[0] && entry.sources[1].lock() == sources[1];
}

std::shared_ptr<const std::string> JsonCache::json(const std::string& key, const Sources& sources,
                                                   const Encode& encode) {
  std::shared_ptr<const std::string> last;
  {
    const std::lock_guard lock(mutex_);
    if (const Entry* known = entries_.find(key)) {
      last = known->sent.lock();
      if (last && is_made_of(*known, sources)) return last;
    }
  }
  std::string text = encode();
  text.shrink_to_fit();  // it grew by doubling
  auto encoded = std::make_shared<const std::string>(std::move(text));
  // A value that was read again is often the same; whoever is still sent the last JSON shares it.
  if (last && *last == *encoded) encoded = std::move(last);
  const bool keep = encoded->size() <= max_size_;
  const std::lock_guard lock(mutex_);
  entries_.put(key, {{sources[0], sources[1]}, keep ? encoded : nullptr, encoded},
               json_entry_weight + (keep ? encoded->size() : 0));
  return encoded;
}

}  // namespace guildhall::server
