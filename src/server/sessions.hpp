#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "base/lru_map.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "database/models/session_stores.hpp"
#include "discord/oauth/client.hpp"
#include "discord/rest/client.hpp"
#include "jwt/session_token.hpp"
#include "net/async/single_flight.hpp"

namespace guildhall::server {

class KeptTokens;
class UserGuilds;

/// A session token and how long it is valid.
struct IssuedToken {
  std::string token;
  std::chrono::sys_seconds expires_at;
};

/// Starts, renews and ends sessions. Any event loop may call; members throw database::Unavailable.
class Sessions {
 public:
  struct Parts {
    const base::Clock& clock;
    base::Log log;
    net::Executor home;  ///< As of net::SingleFlight.
    discord::OAuthClient& oauth;
    discord::RestClient& rest;
    database::UserStore& users;
    database::Denylist& token_denylist;
    database::SessionStore& session_rows;
    UserGuilds& user_guilds;
    const jwt::SessionTokens& tokens;
    const jwt::Jwe& seal;  ///< Encrypts refresh tokens at rest.
    KeptTokens& kept_tokens;
    /// Whether ADMIN_USER_IDS makes the user an ADMIN when they log in.
    std::function<database::AdminGrant(base::UserId)> grant_at_login;
    std::vector<std::string> redirect_uris;  ///< DISCORD_REDIRECT_URIS; empty: whatever Discord allows.
    std::string (*random_hex)(std::size_t bytes) = base::random_hex;
  };

  explicit Sessions(Parts parts);

  /// Where a browser goes to log in; `redirect_uri` gets it back with a code and `state`.
  [[nodiscard]] std::string authorize_url(std::string_view redirect_uri, std::string_view state) const;

  /// Exchanges a code of Discord's authorize page, saves the person, starts a session. Errc::invalid about
  /// `/redirect_uri` if it is not configured, refused if Discord does not accept the code, unavailable, bad_upstream.
  /// `user_agent` is for the list of the person's sessions.
  [[nodiscard]] net::Task<base::Result<IssuedToken>> log_in(std::string code, std::string redirect_uri,
                                                            std::string user_agent);

  /// A new token for the session, with a new access token from Discord. Concurrent calls for one person share the
  /// access token, because a refresh token works once; the new refresh token is saved before this returns.
  /// Errc::unauthenticated if Discord accepts no refresh token of this person any more.
  [[nodiscard]] net::Task<base::Result<IssuedToken>> refresh(jwt::Claims claims, std::string user_agent);

  /// Ends the session: when this returns, no process that shares the database accepts a token of it. Discord is asked
  /// to revoke the access token; if it does not answer in time, that is logged.
  [[nodiscard]] net::Task<> log_out(jwt::Claims claims);

  /// How old `last_seen_at` of a session in use may be.
  static constexpr std::chrono::minutes seen_interval{5};
  /// Notes that a session is in use, in the background and not more often than that. Does not throw.
  void note_use(const jwt::Claims& claims, std::string_view user_agent);
  /// Where the person is logged in, those seen last first.
  [[nodiscard]] net::Task<std::vector<database::Session>> list(base::UserId user);
  /// Ends a session of the person, as `log_out` does, but Discord keeps its grant: the tokens are in the session. False
  /// if they have no such session.
  [[nodiscard]] net::Task<bool> end(base::UserId user, std::string session_id);
  /// Ends all sessions of the person but the one of these claims.
  [[nodiscard]] net::Task<> end_others(jwt::Claims claims);

 private:
  using Grant = base::Result<discord::TokenGrant>;
  static constexpr std::size_t max_seen = 10'000;

  [[nodiscard]] net::Task<IssuedToken> issue(base::UserId user, discord::TokenGrant grant, std::string session_id,
                                             std::string user_agent);
  /// Notes a use of the session. False if one was noted less than `seen_interval` ago.
  bool note_seen(const std::string& session_id);
  [[nodiscard]] net::Task<> deny(std::string session_id, base::Timestamp expires_at);
  [[nodiscard]] net::Task<Grant> refresh_grant(jwt::Claims claims);
  [[nodiscard]] net::Task<std::optional<Grant>> try_refresh(base::UserId user, base::Secret token,
                                                            std::vector<base::Secret>& tried);
  [[nodiscard]] net::Task<base::Secret> stored_refresh_token(base::UserId user);
  [[nodiscard]] net::Task<> store_refresh_token(base::UserId user, base::Secret token);
  [[nodiscard]] net::Task<> revoke(base::UserId user, base::Secret token);
  [[nodiscard]] std::optional<std::string> seal(const base::Secret& token) const;
  [[nodiscard]] base::Secret unsaved(base::UserId user);

  Parts parts_;
  net::SingleFlight<base::UserId, Grant> refreshes_;
  std::mutex mutex_;
  /// Rotated refresh tokens until they are saved, so that none is lost while the database is not available.
  std::unordered_map<base::UserId, base::Secret> unsaved_;
  base::LruMap<std::string, std::chrono::steady_clock::time_point> seen_{max_seen};  ///< When a use was noted, by id.
};

}  // namespace guildhall::server
