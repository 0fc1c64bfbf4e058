#include "jwt/token_cache.hpp"

#include <utility>

namespace guildhall::jwt {

std::shared_ptr<const Claims> TokenCache::decode(std::string_view token, base::Timestamp now) {
  if (token.size() > Jwe::max_size) return nullptr;
  const std::string key(token);
  {
    const std::lock_guard lock(mutex_);
    if (const auto* known = cache_.find(key)) return (*known)->expires_at > now ? *known : nullptr;
  }
  auto decoded = tokens_.decode(token, now);
  if (!decoded) return nullptr;
  auto claims = std::make_shared<const Claims>(std::move(*decoded));
  const std::lock_guard lock(mutex_);
  cache_.put(key, claims);
  return claims;
}

}  // namespace guildhall::jwt
