#include "jwt/token_cache.hpp"

#include <utility>

namespace guildhall::jwt {

std::shared_ptr<const Claims> TokenCache::decode(std::string_view token, base::Timestamp now) {
  if (auto known = find(token)) return known->expires_at > now ? known : nullptr;
  auto claims = tokens_.decode(token, now);
  if (!claims) return nullptr;
  auto read = std::make_shared<const Claims>(std::move(*claims));
  remember(token, read);
  return read;
}

TokenCache::Known TokenCache::find(std::string_view token) {
  const std::lock_guard lock(mutex_);
  const auto recent = recent_.find(token);
  if (recent != recent_.end()) return recent->second;
  const auto earlier = earlier_.find(token);
  if (earlier == earlier_.end()) return nullptr;
  auto known = earlier->second;
  auto moved = earlier_.extract(earlier);
  make_room();
  recent_.insert(std::move(moved));
  return known;
}

void TokenCache::remember(std::string_view token, Known claims) {
  const std::lock_guard lock(mutex_);
  make_room();
  recent_.emplace(token, std::move(claims));
}

void TokenCache::make_room() {
  if (recent_.size() < capacity_ / 2) return;
  earlier_ = std::move(recent_);
  recent_.clear();
}

}  // namespace guildhall::jwt
