#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "base/lru_map.hpp"
#include "jwt/session_token.hpp"

namespace guildhall::jwt {

/// Decodes session tokens and caches the claims of recent ones: a dashboard sends the same token with each request, and
/// decryption takes many times as long as a lookup. Only our own tokens are cached, so nobody can provoke collisions.
/// Any thread may use it.
class TokenCache {
 public:
  /// Caches up to `capacity` tokens, of about 2 KB each with their claims.
  explicit TokenCache(const SessionTokens& tokens, std::size_t capacity = 2048) : tokens_(tokens), cache_(capacity) {}

  /// See SessionTokens::decode; nullptr if that returns nothing.
  [[nodiscard]] std::shared_ptr<const Claims> decode(std::string_view token, base::Timestamp now);

  /// Decodes every token again: the keys have changed.
  void forget_all();

  /// Replaces the claims of a token that is in the cache by the same with Discord's tokens, unless those are too
  /// long to be held in memory.
  void complete(std::string_view token, std::shared_ptr<const Claims> claims);

 private:
  const SessionTokens& tokens_;
  std::mutex mutex_;  // guards the following
  base::LruMap<std::string, std::shared_ptr<const Claims>> cache_;
  std::uint64_t generation_ = 0;  ///< Of the keys.
};

}  // namespace guildhall::jwt
