#include "discord/oauth/client.hpp"

#include <boost/json/value.hpp>
#include <cmath>

#include "discord/model/fields.hpp"
#include "discord/model/guild.hpp"
#include "net/form.hpp"

namespace guildhall::discord {
namespace {

using base::Errc;
using base::Error;

/// How long a login may wait for rate limits.
constexpr std::chrono::seconds login_patience{5};
/// What Discord's grants are valid for; RFC 6749 section 5.1 does not require an answer to say it.
constexpr double usual_grant_seconds = 7.0 * 24 * 3600;
/// Longer grants are cut to this.
constexpr double max_grant_seconds = 30.0 * 24 * 3600;

std::optional<TokenGrant> parse_grant(const boost::json::value& body) {
  const auto* object = body.if_object();
  if (object == nullptr) return std::nullopt;
  auto access_token = text_field(*object, "access_token");
  const auto expires_in = number_field(*object, "expires_in").value_or(usual_grant_seconds);
  if (!access_token || access_token->empty() || !(expires_in > 0)) return std::nullopt;
  TokenGrant grant;
  grant.access_token = base::Secret(std::move(*access_token));
  grant.refresh_token = base::Secret(text_field(*object, "refresh_token").value_or(""));
  grant.token_type = text_field(*object, "token_type").value_or("Bearer");
  grant.scope = text_field(*object, "scope").value_or("");
  grant.expires_in = std::chrono::seconds(static_cast<std::int64_t>(std::fmin(expires_in, max_grant_seconds)));
  return grant;
}

std::string with_query(std::string_view url, const net::FormFields& fields) {
  const char separator = url.find('?') == std::string::npos ? '?' : '&';
  return std::string(url) + separator + net::encode_form(fields);
}

}  // namespace

std::string bot_invite_url(std::string_view authorize_url, std::string_view client_id) {
  using P = Permissions;
  constexpr auto permissions = P::add_reactions | P::view_channel | P::send_messages | P::embed_links |
                               P::read_message_history | P::use_external_emojis | P::send_messages_in_threads;
  return with_query(authorize_url, {{"client_id", std::string(client_id)},
                                    {"scope", "bot applications.commands"},
                                    {"permissions", std::to_string(permissions)}});
}

std::string OAuthClient::authorize_url(std::string_view redirect_uri, std::string_view scope,
                                       std::string_view state) const {
  return with_query(application_.authorize_url, {{"response_type", "code"},
                                                 {"client_id", application_.client_id},
                                                 {"scope", std::string(scope)},
                                                 {"redirect_uri", std::string(redirect_uri)},
                                                 {"state", std::string(state)}});
}

net::Task<base::Result<TokenGrant>> OAuthClient::exchange(std::string code, std::string redirect_uri) {
  return request_grant(
      {{"grant_type", "authorization_code"}, {"code", std::move(code)}, {"redirect_uri", std::move(redirect_uri)}});
}

net::Task<base::Result<TokenGrant>> OAuthClient::refresh(base::Secret refresh_token) {
  return request_grant({{"grant_type", "refresh_token"}, {"refresh_token", std::string(refresh_token.reveal())}});
}

net::Task<base::Result<void>> OAuthClient::revoke(base::Secret token) {
  const net::FormFields fields{{"token", std::string(token.reveal())}, {"token_type_hint", "access_token"}};
  const auto response = co_await sender_->send(request(Route::oauth2_token_revoke, fields));
  if (!response) co_return response.error();
  co_return base::Result<void>{};
}

net::Task<base::Result<TokenGrant>> OAuthClient::request_grant(net::FormFields fields) {
  const auto response = co_await sender_->send(request(Route::oauth2_token, fields));
  if (!response) {
    if (response.error().code != Errc::unauthenticated) co_return response.error();
    co_return Error{Errc::bad_upstream, "Discord refused DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET."};
  }
  auto grant = parse_grant(response->body);
  if (!grant) co_return Error{Errc::bad_upstream, "Discord's answer is not a token."};
  co_return std::move(*grant);
}

RestRequest OAuthClient::request(Route route, const net::FormFields& fields) const {
  net::FormFields all{{"client_id", application_.client_id},
                      {"client_secret", std::string(application_.client_secret.reveal())}};
  all.insert(all.end(), fields.begin(), fields.end());
  RestRequest request;
  request.route = route;
  request.path = template_of(route).path;
  request.caller = RestRequest::Caller::application;
  request.body = net::encode_form(all);
  request.body_kind = RestRequest::BodyKind::form;
  request.patience = login_patience;
  // Codes and refresh tokens are valid once.
  request.retry = RestRequest::Retry::never;
  return request;
}

}  // namespace guildhall::discord
