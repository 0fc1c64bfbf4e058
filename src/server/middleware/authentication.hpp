#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "database/models/user.hpp"
#include "jwt/token_cache.hpp"
#include "net/http.hpp"
#include "net/task.hpp"
#include "server/origins.hpp"

namespace guildhall::database {
class Denylist;
class UserStore;
}  // namespace guildhall::database

namespace guildhall::server {

class KeptTokens;

/// The claims of a session token, shared by all requests that send it.
using SessionClaims = std::shared_ptr<const jwt::Claims>;

/// Who a request comes from: a token that is valid at this moment, and the person it names.
struct Session {
  SessionClaims claims;
  std::shared_ptr<const database::User> user;

  /// Whether the person holds role ADMIN.
  [[nodiscard]] bool is_admin() const;
};

/// The cookie that carries the session token; see Origins::cookie_name for its name.
inline constexpr std::string_view session_cookie = "token";

/// The token in `Authorization: Bearer` (RFC 6750); Errc::unauthenticated if the field holds something else.
[[nodiscard]] base::Result<std::optional<std::string_view>> bearer_token(const net::Headers& headers);
/// The token in the cookie of the site that the request was sent to.
[[nodiscard]] std::optional<std::string_view> cookie_token(const net::Headers& headers, const Origins& origins);

/// Whether the session comes as a cookie, so that the answer must renew or remove it there.
[[nodiscard]] bool uses_cookie(const net::Request& request, const Origins& origins);

/// Finds out who a request comes from. Whatever is wrong with a token, the error is the same Errc::unauthenticated.
/// Any event loop may ask; members that answer a task throw database::Unavailable.
class Authentication {
 public:
  struct Parts {
    const base::Clock& clock;
    const Origins& origins;
    jwt::TokenCache& tokens;
    database::Denylist& token_denylist;
    database::UserStore& users;
    KeptTokens& kept_tokens;
  };

  /// What is given by reference outlives this.
  explicit Authentication(Parts parts) : parts_(parts) {}

  /// The session that a request comes with: `Authorization: Bearer`, or the cookie. With the cookie a request that may
  /// change something needs an Origin that is ours (Errc::forbidden otherwise). Empty if the database must be asked,
  /// as `authenticate` does.
  [[nodiscard]] std::optional<base::Result<Session>> cached(const net::Request& request) const;
  [[nodiscard]] net::Task<base::Result<Session>> authenticate(const net::Request& request) const;

  /// The session that a token stands for at this moment.
  [[nodiscard]] net::Task<base::Result<Session>> open(std::string token) const;

  /// The session of these claims as it is now: it may have expired or ended, and the person's roles may have changed.
  [[nodiscard]] net::Task<base::Result<Session>> recheck(SessionClaims claims) const;

 private:
  Parts parts_;
};

}  // namespace guildhall::server
