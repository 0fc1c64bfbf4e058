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

void forbid_caching(net::Headers& headers) {
  headers.set("Cache-Control", "no-store");
  headers.set("Pragma", "no-cache");
}

net::Response refuse_grant(const TokenError& error) {
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

/// Any other content type counts as an empty form, as Discord does with JSON.
net::FormFields read_form(const net::Request& request) {
  if (!is_form(request)) return {};
  auto form = net::parse_form(request.body);
  if (!form) throw invalid_request("The body is not a form.");
  if (has_repeated_field(*form)) throw invalid_request("A parameter is there twice.");
  return std::move(*form);
}

std::string_view required_field(const net::FormFields& form, std::string_view name) {
  const auto value = net::find_field(form, name);
  if (!value) throw invalid_request("Missing \"" + std::string(name) + "\" in request.");
  return *value;
}

TokenError to_error(GrantRefusal refusal) {
  switch (refusal) {
    case GrantRefusal::code: return {400, "invalid_grant", "Invalid \"code\" in request."};
    case GrantRefusal::redirect_uri: return {400, "invalid_grant", "Invalid \"redirect_uri\" in request."};
    case GrantRefusal::refresh_token: break;
  }
  return {400, "invalid_grant", "Invalid \"refresh_token\" in request."};
}

IssuedTokens grant_tokens(Simulation& sim, ApplicationId client, const net::FormFields& form) {
  const auto accept = [](boost::system::result<IssuedTokens, GrantRefusal> tokens) {
    if (!tokens) throw to_error(tokens.error());
    return std::move(*tokens);
  };
  const auto type = net::find_field(form, "grant_type").value_or("None");
  if (type == "authorization_code") {
    const auto code = required_field(form, "code");
    return accept(sim.grants.redeem_code(client, code, required_field(form, "redirect_uri")));
  }
  if (type == "refresh_token") return accept(sim.grants.refresh(client, required_field(form, "refresh_token")));
  const auto scopes = parse_scopes(net::find_field(form, "scope").value_or(""));
  if (!scopes) {
    throw TokenError{400, "invalid_scope", "The requested scope is invalid, unknown, or malformed."};
  }
  return sim.grants.grant_client_credentials(client, sim.world.application.owner_id, *scopes);
}

/// Discord looks at the type before it looks at the client.
void check_grant_type(const net::FormFields& form) {
  const auto type = net::find_field(form, "grant_type").value_or("None");
  if (type == "authorization_code" || type == "refresh_token" || type == "client_credentials") return;
  throw TokenError{400, "unsupported_grant_type", "Grant type " + std::string(type) + " is not supported"};
}

}  // namespace

net::Response issue_tokens(const ApiCall& call) try {
  const auto form = read_form(call.request);
  check_grant_type(form);
  const auto client = authenticate_client(call.sim.world.application, call.request, form).value();
  return hand_out(grant_tokens(call.sim, client, form));
} catch (const TokenError& error) {
  return refuse_grant(error);
}

net::Response revoke_token(const ApiCall& call) try {
  const auto form = read_form(call.request);
  const auto client = authenticate_client(call.sim.world.application, call.request, form).value();
  call.sim.grants.revoke(client, required_field(form, "token"));
  return json_answer(200, boost::json::object());
} catch (const TokenError& error) {
  return refuse_grant(error);
}

net::Response redirect_to_authorize_page(const ApiCall& call) {
  return redirect(with_query("/oauth2/authorize", call.request.query()));
}

}  // namespace guildhall::sim
