#include "sim/oauth/token_routes.hpp"

#include <boost/json/object.hpp>
#include <set>
#include <string>
#include <utility>

#include "sim/answers.hpp"
#include "sim/oauth/client_credentials.hpp"
#include "sim/oauth/redirect_uris.hpp"

namespace guildhall::sim {
namespace {

template <class T>
using TokenResult = boost::system::result<T, TokenError>;

void forbid_caching(net::Headers& headers) {
  headers.set("Cache-Control", "no-store");
  headers.set("Pragma", "no-cache");
}

net::Response refuse(const TokenError& error) {
  boost::json::object body{{"error", error.error}};
  if (!error.description.empty()) body["error_description"] = error.description;
  auto response = json_answer(error.status, body);
  if (error.status == 401) response.headers.add("WWW-Authenticate", "Basic realm=\"discord\"");
  forbid_caching(response.headers);
  return response;
}

net::Response hand_out(const IssuedTokens& tokens) {
  boost::json::object body{
      {"token_type", "Bearer"},
      {"access_token", tokens.access_token},
      {"expires_in", tokens.expires_in.count()},
      {"scope", to_string(tokens.scopes)},
  };
  if (tokens.refresh_token) body["refresh_token"] = *tokens.refresh_token;
  auto response = json_answer(200, body);
  forbid_caching(response.headers);
  return response;
}

bool is_form(const net::Request& request) {
  const auto type = request.headers.find("Content-Type").value_or("");
  const auto essence = type.substr(0, type.find_first_of("; \t"));
  return net::equal_ignoring_case(essence, "application/x-www-form-urlencoded");
}

bool has_repeated_field(const net::FormFields& form) {
  std::set<std::string_view> names;
  for (const auto& [name, value] : form) {
    if (!names.insert(name).second) return true;
  }
  return false;
}

/// Any other content type counts as an empty form: that is how Discord refuses JSON.
TokenResult<net::FormFields> read_form(const net::Request& request) {
  if (!is_form(request)) return net::FormFields{};
  auto form = net::parse_form(request.body);
  if (!form) return invalid_request("The body is not a form.");
  if (has_repeated_field(*form)) return invalid_request("A parameter is there twice.");
  return std::move(*form);
}

TokenError missing(std::string_view parameter) {
  return invalid_request("Missing \"" + std::string(parameter) + "\" in request.");
}

TokenError to_error(GrantRefusal refusal) {
  switch (refusal) {
    case GrantRefusal::code: return {400, "invalid_grant", "Invalid \"code\" in request."};
    case GrantRefusal::redirect_uri: return {400, "invalid_grant", "Invalid \"redirect_uri\" in request."};
    case GrantRefusal::refresh_token: break;
  }
  return {400, "invalid_grant", "Invalid \"refresh_token\" in request."};
}

TokenResult<IssuedTokens> to_token_result(boost::system::result<IssuedTokens, GrantRefusal> result) {
  if (!result) return to_error(result.error());
  return std::move(*result);
}

using Grant = TokenResult<IssuedTokens> (*)(Simulation&, ApplicationId, const net::FormFields&);

TokenResult<IssuedTokens> grant_by_code(Simulation& sim, ApplicationId client, const net::FormFields& form) {
  const auto code = net::find_field(form, "code");
  if (!code) return missing("code");
  const auto redirect_uri = net::find_field(form, "redirect_uri");
  if (!redirect_uri) return missing("redirect_uri");
  return to_token_result(sim.grants.redeem_code(client, *code, *redirect_uri));
}

TokenResult<IssuedTokens> grant_by_refresh_token(Simulation& sim, ApplicationId client, const net::FormFields& form) {
  const auto token = net::find_field(form, "refresh_token");
  if (!token) return missing("refresh_token");
  return to_token_result(sim.grants.refresh(client, *token));
}

TokenResult<IssuedTokens> grant_to_client(Simulation& sim, ApplicationId client, const net::FormFields& form) {
  const auto scopes = parse_scopes(net::find_field(form, "scope").value_or(""));
  if (!scopes) {
    return TokenError{400, "invalid_scope", "The requested scope is invalid, unknown, or malformed."};
  }
  return sim.grants.grant_client_credentials(client, sim.world.application.owner_id, *scopes);
}

TokenResult<Grant> find_grant(const net::FormFields& form) {
  const auto type = net::find_field(form, "grant_type").value_or("None");
  if (type == "authorization_code") return &grant_by_code;
  if (type == "refresh_token") return &grant_by_refresh_token;
  if (type == "client_credentials") return &grant_to_client;
  return TokenError{400, "unsupported_grant_type", "Grant type " + std::string(type) + " is not supported"};
}

}  // namespace

net::Response issue_tokens(const ApiCall& call) {
  const auto form = read_form(call.request);
  if (!form) return refuse(form.error());
  const auto grant = find_grant(*form);
  if (!grant) return refuse(grant.error());
  const auto client = authenticate_client(call.sim.world.application, call.request, *form);
  if (!client) return refuse(client.error());
  const auto tokens = (*grant)(call.sim, *client, *form);
  return tokens ? hand_out(*tokens) : refuse(tokens.error());
}

net::Response revoke_token(const ApiCall& call) {
  const auto form = read_form(call.request);
  if (!form) return refuse(form.error());
  const auto client = authenticate_client(call.sim.world.application, call.request, *form);
  if (!client) return refuse(client.error());
  const auto token = net::find_field(*form, "token");
  if (!token) return refuse(missing("token"));
  call.sim.grants.revoke(*client, *token);
  return json_answer(200, boost::json::object());
}

net::Response redirect_to_authorize_page(const ApiCall& call) {
  return redirect(with_query("/oauth2/authorize", call.request.query()));
}

}  // namespace guildhall::sim
