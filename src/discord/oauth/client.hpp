#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "net/http_client.hpp"

namespace guildhall::discord {

/// An application's credentials and where it is known.
struct OAuthApplication {
  std::string client_id;
  base::Secret client_secret;
  std::string api_url;        ///< Without trailing slash; its `/oauth2/token` gives tokens.
  std::string authorize_url;  ///< Where people are sent.
};

/// What Discord grants for a code or a refresh token (Discord: topics/oauth2, Access Token Response).
struct TokenGrant {
  base::Secret access_token;
  base::Secret refresh_token;  ///< Empty where Discord gave none.
  std::string token_type;
  std::string scope;
  std::chrono::seconds expires_in{};
};

/// The OAuth2 authorization code grant with Discord (RFC 6749 section 4.1; Discord: topics/oauth2). Any thread may
/// call.
///
/// Errc::refused where Discord does not accept the code or refresh token; other errors as of `read_answer` and
/// net::HttpClient. Errc::bad_upstream also where Discord does not accept our own credentials.
class OAuthClient {
 public:
  /// `http` outlives the client.
  OAuthClient(net::HttpClient& http, OAuthApplication application)
      : http_(http), application_(std::move(application)) {}

  /// Where to send a person to log in.
  [[nodiscard]] std::string authorize_url(std::string_view redirect_uri, std::string_view scope,
                                          std::string_view state) const;

  /// Exchanges a code, which works once.
  [[nodiscard]] net::Task<base::Result<TokenGrant>> exchange(std::string code, std::string redirect_uri);

  /// Exchanges a refresh token, which works once: the grant has another.
  [[nodiscard]] net::Task<base::Result<TokenGrant>> refresh(base::Secret refresh_token);

  /// Revokes the whole authorization that `token` belongs to (RFC 7009). A token that is no more is no error.
  [[nodiscard]] net::Task<base::Result<void>> revoke(base::Secret token);

 private:
  [[nodiscard]] net::Task<base::Result<net::ClientResponse>> post(std::string path, std::string form);
  [[nodiscard]] net::Task<base::Result<TokenGrant>> request_grant(std::string form);
  [[nodiscard]] std::string credentials() const;

  net::HttpClient& http_;
  OAuthApplication application_;
};

}  // namespace guildhall::discord
