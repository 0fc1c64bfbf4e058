#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"
#include "jwt/jwe.hpp"

namespace guildhall::jwt {

/// The claims of a session token (RFC 7519 section 4 for `iat`, `exp`, `jti`).
struct Claims {
  base::UserId id;
  base::Secret access_token;   ///< Discord's, for this user.
  base::Secret refresh_token;  ///< Discord's; empty if it gave none.
  std::string token_type = "Bearer";
  std::string scope;  ///< Discord's scopes, separated by spaces.
  std::chrono::sys_seconds issued_at;
  std::chrono::sys_seconds expires_at;
  std::string token_id;  ///< `jti`.
  /// `sid` (OpenID Connect Back-Channel Logout section 2.1): the session that refreshed tokens share with the first
  /// one. By default the token's `jti`.
  std::string session_id;
};

/// Encodes and decodes session tokens: compact JWE over JSON claims, compatible with the npm package jose with the same
/// secret. Any thread may use it.
class SessionTokens {
 public:
  explicit SessionTokens(const Jwe& jwe) : jwe_(jwe) {}

  [[nodiscard]] std::string encode(const Claims& claims) const;

  /// The claims of a token that is authentic, complete and valid at `now`. Nothing otherwise.
  [[nodiscard]] std::optional<Claims> decode(std::string_view token, base::Timestamp now) const;

 private:
  const Jwe& jwe_;
};

}  // namespace guildhall::jwt
