#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/secret.hpp"

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
  /// The token does not carry Discord's tokens, which the server keeps under `token_id`: without them, both are empty.
  bool tokens_kept = false;
};

/// The JSON in a token. Its numbers are whole seconds.
[[nodiscard]] std::string encode_claims(const Claims& claims);

/// The claims in the JSON of a token, if they are complete and valid at `now`. Nothing otherwise, in particular if one
/// of `exp`, `nbf`, `iat` is no NumericDate (RFC 7519 section 2) between the years 1970 and 9999. Fractions of seconds
/// count against the token.
[[nodiscard]] std::optional<Claims> parse_claims(std::string_view json, base::Timestamp now);

}  // namespace guildhall::jwt
