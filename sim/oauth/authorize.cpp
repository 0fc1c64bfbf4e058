#include "sim/oauth/authorize.hpp"

#include <utility>

#include "sim/oauth/redirect_uris.hpp"

namespace guildhall::sim {
namespace {

std::string location_with(const std::string& redirect_uri, net::FormFields fields,
                          const std::optional<std::string>& state) {
  if (state) fields.emplace_back("state", *state);
  return with_query(redirect_uri, net::encode_form(fields));
}

std::optional<std::string> copy(std::optional<std::string_view> text) {
  if (!text) return std::nullopt;
  return std::string(*text);
}

}  // namespace

boost::system::result<AuthorizeRequest, AuthorizeProblem> parse_authorize_request(const Application& application,
                                                                                  const net::FormFields& fields) {
  if (net::find_field(fields, "client_id") != application.id.to_string()) {
    return AuthorizeProblem{"Unknown application: the client_id is missing or is not registered.", std::nullopt};
  }
  const std::string redirect_uri(net::find_field(fields, "redirect_uri").value_or(""));
  if (!is_registered_redirect(application.redirect_uris, redirect_uri)) {
    return AuthorizeProblem{"Invalid redirect_uri: it is missing or is not registered for this application.",
                            std::nullopt};
  }
  auto state = copy(net::find_field(fields, "state"));
  const auto refuse = [&](std::string error, std::string description) {
    auto location =
        location_with(redirect_uri, {{"error", std::move(error)}, {"error_description", description}}, state);
    return AuthorizeProblem{std::move(description), std::move(location)};
  };
  if (net::find_field(fields, "response_type") != "code") {
    return refuse("unsupported_response_type", "The response_type must be code.");
  }
  auto scopes = parse_scopes(net::find_field(fields, "scope").value_or(""));
  if (!scopes) return refuse("invalid_scope", "The requested scope is invalid, unknown, or malformed.");
  return AuthorizeRequest{application.id, redirect_uri, std::move(*scopes), std::move(state)};
}

Approval approve(Simulation& sim, const AuthorizeRequest& request, UserId user) {
  auto code = sim.grants.issue_code(request.client, user, request.redirect_uri, request.scopes);
  auto location = location_with(request.redirect_uri, {{"code", code}}, request.state);
  return {std::move(code), std::move(location)};
}

std::string denied_location(const AuthorizeRequest& request) {
  return location_with(request.redirect_uri,
                       {{"error", "access_denied"},
                        {"error_description", "The resource owner or authorization server denied the request"}},
                       request.state);
}

}  // namespace guildhall::sim
