#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "jwt/claims.hpp"
#include "jwt/jwe.hpp"

namespace guildhall::jwt {

/// Encodes and decodes session tokens: compact JWE over JSON claims, compatible with the npm package jose with the same
/// secret. Any thread may use it.
class SessionTokens {
 public:
  explicit SessionTokens(const Jwe& jwe) : jwe_(jwe) {}

  /// The largest token that fits into a cookie with its name and attributes, in bytes: browsers keep 4,096 of all that
  /// (RFC 6265 section 6.1).
  static constexpr std::size_t max_cookie_size = 3700;

  [[nodiscard]] std::string encode(const Claims& claims) const;

  /// The claims of a token that is authentic, complete and valid at `now`, see `parse_claims`. Nothing otherwise.
  [[nodiscard]] std::optional<Claims> decode(std::string_view token, base::Timestamp now) const;

 private:
  const Jwe& jwe_;
};

}  // namespace guildhall::jwt
