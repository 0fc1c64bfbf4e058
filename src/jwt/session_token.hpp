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

/// What a session token says (RFC 7519 section 4 for `iat`, `exp`, `jti`).
struct Claims {
  base::UserId id;
  base::Secret access_token;   ///< Discord's, of this person.
  base::Secret refresh_token;  ///< Discord's; empty where it gave none.
  std::string token_type = "Bearer";
  std::string scope;  ///< Discord's scopes, separated by spaces.
  std::chrono::sys_seconds issued_at;
  std::chrono::sys_seconds expires_at;
  std::string token_id;  ///< `jti`, this token's own id.
  /// `sid` (OpenID Connect Back-Channel Logout section 2.1): the session that refreshed tokens share with the first
  /// one. A token without it is a session of its own, named by its `jti`.
  std::string session_id;
};

/// Makes session tokens and reads them back: compact JWE over JSON claims, as the npm package jose makes and reads with
/// the same secret. Any thread may use it.
class SessionTokens {
 public:
  explicit SessionTokens(const Jwe& jwe) : jwe_(jwe) {}

  [[nodiscard]] std::string encode(const Claims& claims) const;

  /// The claims of a token that is authentic, complete and neither expired nor not yet valid at `now`. Nothing
  /// otherwise, without a reason.
  [[nodiscard]] std::optional<Claims> decode(std::string_view token, base::Timestamp now) const;

 private:
  const Jwe& jwe_;
};

}  // namespace guildhall::jwt
