#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/rest/request_sender.hpp"
#include "net/form.hpp"

namespace guildhall::discord {

/// An application's credentials and URLs.
struct OAuthApplication {
  std::string client_id;
  base::Secret client_secret;
  std::string authorize_url;  ///< Where people are redirected to.
};

/// Discord's page on which the bot is added to a server, with the permissions that commands need (Discord:
/// topics/oauth2, Bot Authorization Flow).
[[nodiscard]] std::string bot_invite_url(std::string_view authorize_url, std::string_view client_id);

/// Discord's answer to a code or a refresh token (Discord: topics/oauth2, Access Token Response).
struct TokenGrant {
  base::Secret access_token;
  base::Secret refresh_token;  ///< Empty if Discord sent none.
  std::string token_type;
  std::string scope;
  std::chrono::seconds expires_in{};
};

/// The OAuth2 authorization code grant with Discord (RFC 6749 section 4.1; Discord: topics/oauth2). Its requests share
/// the limits of the REST API, so that none is sent while Discord bans the address. Any thread may call.
///
/// Errc::refused if Discord does not accept the code or refresh token, Errc::bad_upstream if it does not accept our
/// credentials; other errors are those of RestClient.
class OAuthClient {
 public:
  OAuthClient(std::shared_ptr<RequestSender> sender, OAuthApplication application)
      : sender_(std::move(sender)), application_(std::move(application)) {}

  /// Where to redirect a person for the login.
  [[nodiscard]] std::string authorize_url(std::string_view redirect_uri, std::string_view scope,
                                          std::string_view state) const;

  /// Exchanges a code, which is valid once.
  [[nodiscard]] net::Task<base::Result<TokenGrant>> exchange(std::string code, std::string redirect_uri);

  /// Exchanges a refresh token, which is valid once; the grant has the next one.
  [[nodiscard]] net::Task<base::Result<TokenGrant>> refresh(base::Secret refresh_token);

  /// Revokes the whole authorization of `token` (RFC 7009). Succeeds if the token is no longer valid.
  [[nodiscard]] net::Task<base::Result<void>> revoke(base::Secret token);

 private:
  [[nodiscard]] RestRequest request(Route route, const net::FormFields& fields) const;
  [[nodiscard]] net::Task<base::Result<TokenGrant>> request_grant(net::FormFields fields);

  std::shared_ptr<RequestSender> sender_;
  OAuthApplication application_;
};

}  // namespace guildhall::discord
