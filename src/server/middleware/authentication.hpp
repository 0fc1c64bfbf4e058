#pragma once

#include "base/result.hpp"
#include "net/http.hpp"
#include "server/services.hpp"
#include "server/session.hpp"

namespace guildhall::server {

/// The name of the cookie that carries the session token.
inline constexpr std::string_view session_cookie = "token";

/// The session that a token stands for at this moment. Whatever is wrong with it, the error is the same
/// Errc::unauthenticated. Throws database::Unavailable.
[[nodiscard]] net::Task<base::Result<Session>> open_session(std::string token, Services& services);

/// The token in `Authorization: Bearer` (RFC 6750); Errc::unauthenticated where the field holds something else.
[[nodiscard]] base::Result<std::optional<std::string_view>> bearer_token(const net::Headers& headers);
[[nodiscard]] std::optional<std::string_view> cookie_token(const net::Headers& headers);

/// The session that a request comes with: `Authorization: Bearer` (RFC 6750), or the cookie, where a request that may
/// change something must have an Origin that is ours (403 otherwise). Else as `open_session`. Nothing where the
/// database must be asked, as `authenticate` does.
[[nodiscard]] std::optional<base::Result<Session>> remembered_session(const net::Request& request, Services& services);
[[nodiscard]] net::Task<base::Result<Session>> authenticate(const net::Request& request, Services& services);

/// True where the session comes as a cookie, so that the answer must renew or remove it there.
[[nodiscard]] bool uses_cookie(const net::Request& request);

/// Set-Cookie for a token, with Secure where `origins.own` is https.
[[nodiscard]] std::string set_session_cookie(const Origins& origins, std::string_view token,
                                             std::chrono::seconds lifetime);

/// Set-Cookie that removes it.
[[nodiscard]] std::string remove_session_cookie(const Origins& origins);

}  // namespace guildhall::server
