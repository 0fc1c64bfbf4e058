#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "jwt/session_token.hpp"

namespace guildhall::jwt {

/// Reads session tokens, and remembers what those said that came lately: a dashboard sends the same one with each
/// request, and to decrypt it takes many times as long as to know it again. Any thread may use it.
class TokenCache {
 public:
  /// Remembers up to `capacity` tokens, of about 2 KB each with what they said.
  explicit TokenCache(const SessionTokens& tokens, std::size_t capacity = 2048)
      : tokens_(tokens), capacity_(capacity) {}

  /// As SessionTokens::decode; null where that gives nothing.
  [[nodiscard]] std::shared_ptr<const Claims> decode(std::string_view token, base::Timestamp now);

 private:
  using Known = std::shared_ptr<const Claims>;

  /// Nobody but us makes tokens that get in here, so nobody can make many that share a hash.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view token) const noexcept { return std::hash<std::string_view>{}(token); }
  };
  using Tokens = std::unordered_map<std::string, Known, Hash, std::equal_to<>>;

  [[nodiscard]] Known find(std::string_view token);
  void remember(std::string_view token, Known claims);
  void make_room();

  const SessionTokens& tokens_;
  const std::size_t capacity_;
  std::mutex mutex_;
  /// Those that came since the last turn, and those of the turn before: what comes again moves from there to here, and
  /// the rest is forgotten when this one is full.
  Tokens recent_;
  Tokens earlier_;
};

}  // namespace guildhall::jwt
