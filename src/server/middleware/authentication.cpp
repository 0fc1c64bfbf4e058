#include "server/middleware/authentication.hpp"

#include <algorithm>

#include "api/errors.hpp"
#include "database/models/session_stores.hpp"
#include "net/form.hpp"
#include "server/kept_tokens.hpp"

namespace guildhall::server {
namespace {

constexpr std::string_view bearer = "Bearer ";

bool may_change_something(net::Method method) {
  return method != net::Method::get && method != net::Method::head && method != net::Method::options;
}

/// For a page of this server that was opened at another address than PUBLIC_URL. The browser tells the truth, so
/// nothing is disclosed.
base::Error other_address(std::string_view origin, const Origins& origins) {
  base::Error error = api::errors::cross_origin;
  error.message = "This page was opened at " + std::string(origin) + ", but PUBLIC_URL is " + origins.own +
                  origins.base_path + ". Open it there, or change PUBLIC_URL.";
  return error;
}

base::Result<std::string_view> find_token(const net::Request& request, const Origins& origins) {
  const auto bearing = bearer_token(request.headers);
  if (!bearing) return bearing.error();
  if (*bearing) return **bearing;
  const auto cookie = cookie_token(request.headers, origins);
  if (!cookie) return api::errors::unauthenticated;
  // A browser sends the cookie whoever made it send the request, but never a false Origin.
  const auto origin = request.headers.find("Origin");
  const auto host = request.headers.find("Host").value_or("");
  if (may_change_something(request.method) && !(origin && origins.is_ours(*origin, host))) {
    return origin && has_host(*origin, host) ? other_address(*origin, origins) : api::errors::cross_origin;
  }
  return *cookie;
}

base::Result<Session> admit(SessionClaims claims, database::TokenState state,
                            std::shared_ptr<const database::User> user) {
  if (state == database::TokenState::denied || !user) return api::errors::unauthenticated;
  return Session{std::move(claims), std::move(user)};
}

}  // namespace

bool Session::is_admin() const {
  return std::any_of(user->roles.begin(), user->roles.end(),
                     [](const database::Role& role) { return role.name == database::admin_role; });
}

base::Result<std::optional<std::string_view>> bearer_token(const net::Headers& headers) {
  const auto field = headers.find("Authorization");
  if (!field) return std::optional<std::string_view>();
  if (field->size() <= bearer.size() || !net::equal_ignoring_case(field->substr(0, bearer.size()), bearer)) {
    return api::errors::unauthenticated;
  }
  return std::optional(field->substr(bearer.size()));
}

std::optional<std::string_view> cookie_token(const net::Headers& headers, const Origins& origins) {
  const auto cookies = headers.find("Cookie");
  if (!cookies) return std::nullopt;
  const auto site = origins.site(headers.find("Host").value_or(""));
  return net::find_cookie(*cookies, origins.cookie_name(site, session_cookie));
}

bool uses_cookie(const net::Request& request, const Origins& origins) {
  return !request.headers.find("Authorization") && cookie_token(request.headers, origins).has_value();
}

std::optional<base::Result<Session>> Authentication::cached(const net::Request& request) const {
  const auto token = find_token(request, parts_.origins);
  if (!token) return base::Result<Session>(token.error());
  auto claims = parts_.tokens.decode(*token, parts_.clock.now());
  if (!claims) return base::Result<Session>(api::errors::unauthenticated);
  if (claims->access_token.empty()) return std::nullopt;
  const auto state = parts_.token_denylist.known(claims->session_id);
  auto user = parts_.users.known(claims->id);
  if (!state || !user) return std::nullopt;
  return admit(std::move(claims), *state, *std::move(user));
}

net::Task<base::Result<Session>> Authentication::authenticate(const net::Request& request) const {
  const auto token = find_token(request, parts_.origins);
  if (!token) co_return token.error();
  auto session = co_await open(std::string(*token));
  co_return session;
}

net::Task<base::Result<Session>> Authentication::open(std::string token) const {
  auto claims = parts_.tokens.decode(token, parts_.clock.now());
  if (!claims) co_return api::errors::unauthenticated;
  if (claims->access_token.empty()) {
    claims = co_await parts_.kept_tokens.complete(std::move(claims));
    if (!claims) co_return api::errors::unauthenticated;
    parts_.tokens.complete(token, claims);
  }
  auto session = co_await recheck(std::move(claims));
  co_return session;
}

net::Task<base::Result<Session>> Authentication::recheck(SessionClaims claims) const {
  if (claims->expires_at <= parts_.clock.now()) co_return api::errors::unauthenticated;
  const auto state = co_await parts_.token_denylist.check(claims->session_id);
  auto user = co_await parts_.users.find(claims->id);
  co_return admit(std::move(claims), state, std::move(user));
}

}  // namespace guildhall::server
