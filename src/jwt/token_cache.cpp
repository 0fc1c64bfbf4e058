#include "jwt/token_cache.hpp"

#include <utility>

namespace guildhall::jwt {

std::shared_ptr<const Claims> TokenCache::decode(std::string_view token, base::Timestamp now) {
  if (token.size() > Jwe::max_size) return nullptr;
  const std::string key(token);
  std::uint64_t generation = 0;
  {
    const std::lock_guard lock(mutex_);
    generation = generation_;
    if (const auto* known = cache_.find(key)) return (*known)->expires_at > now ? *known : nullptr;
  }
  auto decoded = tokens_.decode(token, now);
  if (!decoded) return nullptr;
  auto claims = std::make_shared<const Claims>(std::move(*decoded));
  const std::lock_guard lock(mutex_);
  // One that was decoded with former keys may not be valid any more.
  if (generation == generation_) cache_.put(key, claims);
  return claims;
}

void TokenCache::forget_all() {
  const std::lock_guard lock(mutex_);
  cache_.clear();
  ++generation_;
}

void TokenCache::complete(std::string_view token, std::shared_ptr<const Claims> claims) {
  constexpr std::size_t max_tokens_size = 16 * 1024UL;
  if (claims->access_token.reveal().size() + claims->refresh_token.reveal().size() > max_tokens_size) return;
  const std::string key(token);
  const std::lock_guard lock(mutex_);
  if (cache_.peek(key) != nullptr) cache_.put(key, std::move(claims));
}

}  // namespace guildhall::jwt
