#pragma once

#include <boost/system/result.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.hpp"
#include "sim/oauth/scopes.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// What a user has allowed an application to do, once; it lives through any number of refreshes.
struct Authorization {
  std::uint64_t id = 0;
  ApplicationId client;
  UserId user;
  Scopes scopes;
  base::Timestamp access_expires;
};

/// What the token endpoint hands out.
struct IssuedTokens {
  std::string access_token;
  std::optional<std::string> refresh_token;  ///< None for client credentials.
  std::chrono::seconds expires_in;
  Scopes scopes;
};

/// Why the token endpoint refuses; each is RFC 6749's `invalid_grant`.
enum class GrantRefusal : std::uint8_t { code, redirect_uri, refresh_token };

/// The authorization server's books (RFC 6749): codes, access tokens and refresh tokens. Tokens are random and tell
/// nothing. Codes live ten minutes and work once; a refresh replaces both tokens of its authorization, the old ones die
/// at once. Used by one thread at a time.
class OAuthGrants {
 public:
  /// The clock outlives the books.
  OAuthGrants(const base::Clock& clock, std::chrono::seconds access_token_lifetime);

  /// Sets the lengths of tokens to come, in characters; what is not given stays. Discord documents none.
  void set_token_lengths(std::optional<std::size_t> access, std::optional<std::size_t> refresh);

  /// A code for what `user` has approved; `redirect_uri` is where they are sent with it.
  [[nodiscard]] std::string issue_code(ApplicationId client, UserId user, std::string redirect_uri, Scopes scopes);

  /// A wrong client or redirect URI does not use the code up.
  [[nodiscard]] boost::system::result<IssuedTokens, GrantRefusal> redeem_code(ApplicationId client,
                                                                              std::string_view code,
                                                                              std::string_view redirect_uri);
  [[nodiscard]] boost::system::result<IssuedTokens, GrantRefusal> refresh(ApplicationId client,
                                                                          std::string_view refresh_token);
  [[nodiscard]] IssuedTokens grant_client_credentials(ApplicationId client, UserId owner, Scopes scopes);

  /// Ends the authorization that an access or refresh token of `client` belongs to. Anything else is no error (RFC 7009
  /// section 2.2).
  void revoke(ApplicationId client, std::string_view token);
  /// Ends all that a user has allowed.
  void revoke_user(UserId user);

  /// Whom an access token speaks for; nothing if it is unknown, expired or revoked.
  [[nodiscard]] const Authorization* find(std::string_view access_token) const;

  [[nodiscard]] std::size_t size() const { return authorizations_.size(); }

 private:
  struct Code {
    ApplicationId client;
    UserId user;
    std::string redirect_uri;
    Scopes scopes;
    base::Timestamp expires;
  };
  struct Entry {
    Authorization authorization;
    std::string access_token;
    std::optional<std::string> refresh_token;
  };

  IssuedTokens authorize(ApplicationId client, UserId user, Scopes scopes, std::optional<std::string> refresh_token);
  IssuedTokens renew_tokens(Entry& entry, std::optional<std::string> refresh_token);
  void forget_tokens(const Entry& entry);
  void end(std::map<std::uint64_t, Entry>::iterator entry);
  void drop_expired_codes();

  const base::Clock* clock_;
  std::chrono::seconds access_token_lifetime_;
  std::size_t access_token_length_ = 40;
  std::size_t refresh_token_length_ = 40;
  std::unordered_map<std::string, Code> codes_;
  std::map<std::uint64_t, Entry> authorizations_;
  /// Both kinds of live tokens, to the id of their authorization.
  std::unordered_map<std::string, std::uint64_t> tokens_;
  std::uint64_t last_id_ = 0;
};

}  // namespace guildhall::sim
