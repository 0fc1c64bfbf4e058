#include "server/middleware/authentication.hpp"

#include "database/models/token_denylist.hpp"
#include "database/models/user_repository.hpp"
#include "net/form.hpp"
#include "server/cookies.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using base::Error;

constexpr std::string_view bearer = "Bearer ";

Error unauthenticated() { return {Errc::unauthenticated, "A valid session token is needed."}; }

bool may_change_something(net::Method method) {
  return method != net::Method::get && method != net::Method::head && method != net::Method::options;
}

base::Result<std::string_view> find_token(const net::Request& request, const Origins& origins) {
  const auto bearing = bearer_token(request.headers);
  if (!bearing) return bearing.error();
  if (*bearing) return **bearing;
  const auto cookie = cookie_token(request.headers);
  if (!cookie) return unauthenticated();
  // A browser sends the cookie whoever made it send the request, but never a false Origin.
  const auto origin = request.headers.find("Origin");
  if (may_change_something(request.method) && !(origin && origins.is_ours(*origin))) {
    return Error{Errc::forbidden, "With a cookie, requests that change something must come from a page of ours."};
  }
  return *cookie;
}

base::Result<Session> admit(SessionClaims claims, database::Spent spent, std::shared_ptr<const database::User> user) {
  if (spent == database::Spent::yes || !user) return unauthenticated();
  return Session{std::move(claims), std::move(user)};
}

}  // namespace

bool Origins::is_ours(std::string_view origin) const {
  if (origin == own) return true;
  for (const auto& candidate : allowed) {
    if (origin == candidate) return true;
  }
  return false;
}

base::Result<std::optional<std::string_view>> bearer_token(const net::Headers& headers) {
  const auto field = headers.find("Authorization");
  if (!field) return std::optional<std::string_view>();
  if (field->size() <= bearer.size() || !net::equal_ignoring_case(field->substr(0, bearer.size()), bearer)) {
    return unauthenticated();
  }
  return std::optional(field->substr(bearer.size()));
}

std::optional<std::string_view> cookie_token(const net::Headers& headers) {
  const auto cookies = headers.find("Cookie");
  return cookies ? net::find_cookie(*cookies, session_cookie) : std::nullopt;
}

std::optional<base::Result<Session>> remembered_session(const net::Request& request, Services& services) {
  const auto token = find_token(request, services.origins);
  if (!token) return base::Result<Session>(token.error());
  auto claims = services.tokens.decode(*token, services.clock.now());
  if (!claims) return base::Result<Session>(unauthenticated());
  const auto spent = services.token_denylist.known(claims->session_id);
  auto user = services.users.known(claims->id);
  if (!spent || !user) return std::nullopt;
  return admit(std::move(claims), *spent, *std::move(user));
}

net::Task<base::Result<Session>> authenticate(const net::Request& request, Services& services) {
  const auto token = find_token(request, services.origins);
  if (!token) co_return token.error();
  auto session = co_await open_session(std::string(*token), services);
  co_return session;
}

net::Task<base::Result<Session>> open_session(std::string token, Services& services) {
  auto claims = services.tokens.decode(token, services.clock.now());
  if (!claims) co_return unauthenticated();
  const auto spent = co_await services.token_denylist.check(claims->session_id);
  auto user = co_await services.users.find(claims->id);
  co_return admit(std::move(claims), spent, std::move(user));
}

bool uses_cookie(const net::Request& request) {
  return !request.headers.find("Authorization") && cookie_token(request.headers).has_value();
}

std::string set_session_cookie(const Origins& origins, std::string_view token, std::chrono::seconds lifetime) {
  return set_cookie(origins, session_cookie, token, "/", lifetime);
}

std::string remove_session_cookie(const Origins& origins) {
  return set_cookie(origins, session_cookie, "", "/", std::chrono::seconds(0));
}

}  // namespace guildhall::server
