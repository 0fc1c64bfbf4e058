#include "server/routes/api/auth.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "api/auth.hpp"
#include "net/form.hpp"
#include "server/body.hpp"
#include "server/cookies.hpp"
#include "server/errors.hpp"
#include "server/login_states.hpp"
#include "server/middleware/authentication.hpp"
#include "server/middleware/rate_limit.hpp"
#include "server/responses.hpp"
#include "server/services.hpp"
#include "server/sessions.hpp"

namespace guildhall::server::routes {
namespace {

using base::Errc;
using base::Error;

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view login_cookie = "login";
constexpr std::string_view callback_path = "/api/auth/callback";
constexpr std::size_t longest_return_path = 512;

base::Result<api::TokenRequest> read_token_request(const net::Request& request) {
  if (has_content_type(request, form_type)) {
    const auto form = net::parse_form(request.body);
    if (!form) return Error{Errc::malformed, "The body is not a well-formed form."};
    return api::parse_token_request(*form);
  }
  auto body = read_json(request);
  if (!body) return body.error();
  return api::parse_token_request(std::move(*body));
}

/// Logs in unless too many codes from that address were refused.
net::Task<base::Result<IssuedToken>> limited_log_in(Context& context, std::string code, std::string redirect_uri) {
  auto& limit = context.services.refused_logins;
  const auto& client = context.request.client;
  if (const auto wait = limit.wait(client, std::chrono::steady_clock::now())) {
    co_return Error{Errc::rate_limited, "Too many logins were refused; try again later.", "", *wait};
  }
  auto issued = co_await context.services.sessions.log_in(std::move(code), std::move(redirect_uri));
  if (!issued && issued.error().code == Errc::refused) limit.count(client, std::chrono::steady_clock::now());
  co_return issued;
}

std::chrono::seconds lifetime_of(const IssuedToken& issued, const base::Clock& clock) {
  return std::chrono::duration_cast<std::chrono::seconds>(issued.expires_at - clock.now());
}

/// A path of ours, never another site's: browsers take `//host` and `/\host` for one.
bool is_own_path(std::string_view path) {
  const auto plain = [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; };
  return path.size() <= longest_return_path && path.starts_with('/') && !path.starts_with("//") &&
         std::all_of(path.begin(), path.end(), plain);
}

std::string with_query(std::string path, std::string_view name, std::string_view value) {
  path.push_back(path.find('?') == std::string::npos ? '?' : '&');
  return path.append(name).append("=").append(net::encode_component(value));
}

std::string callback_uri(const Services& services) { return services.origins.own + std::string(callback_path); }

}  // namespace

net::Task<net::Response> exchange_token(Context& context) {
  auto wanted = read_token_request(context.request);
  if (!wanted) co_return to_response(wanted.error());
  const auto issued = co_await limited_log_in(context, std::move(wanted->code), std::move(wanted->redirect_uri));
  if (!issued) co_return to_response(issued.error());
  co_return json_response(200, api::encode_token(issued->token));
}

net::Task<net::Response> log_in(Context& context) {
  auto& services = context.services;
  const auto query = net::parse_form(context.request.query());
  if (!query) co_return to_response({Errc::malformed, "The query is malformed."});
  const std::string return_to(net::find_field(*query, "redirect").value_or("/"));
  if (!is_own_path(return_to)) co_return to_response(base::invalid("/redirect", "Must be a path on this server."));

  const auto begun = services.login_states.begin(return_to);
  auto response = redirect_response(services.sessions.authorize_url(callback_uri(services), begun.state));
  response.headers.add("Set-Cookie",
                       set_cookie(services.origins, login_cookie, begun.cookie, callback_path, LoginStates::lifetime));
  co_return response;
}

net::Task<net::Response> finish_login(Context& context) {
  auto& services = context.services;
  const auto query = net::parse_form(context.request.query());
  if (!query) co_return to_response({Errc::malformed, "The query is malformed."});
  const auto field = [&query](std::string_view name) {
    return std::string(net::find_field(*query, name).value_or(""));
  };
  const auto cookies = context.request.headers.find("Cookie").value_or("");
  std::string cookie(net::find_cookie(cookies, login_cookie).value_or(""));
  auto return_to = co_await services.login_states.end(field("state"), std::move(cookie));
  if (!return_to) {
    co_return to_response({Errc::malformed, "This login has expired or was begun in another browser; log in again."});
  }

  net::Response response;
  const std::string refusal = field("error");
  if (!refusal.empty()) {
    response = redirect_response(with_query(*return_to, "error", refusal));
  } else {
    const auto issued = co_await limited_log_in(context, field("code"), callback_uri(services));
    if (!issued) co_return to_response(issued.error());
    response = redirect_response(*return_to);
    response.headers.add("Set-Cookie",
                         set_session_cookie(services.origins, issued->token, lifetime_of(*issued, services.clock)));
  }
  response.headers.add("Set-Cookie",
                       set_cookie(services.origins, login_cookie, "", callback_path, std::chrono::seconds(0)));
  co_return response;
}

net::Task<net::Response> refresh_token(Context& context) {
  auto& services = context.services;
  const auto issued = co_await services.sessions.refresh(*context.session->claims);
  if (!issued) co_return to_response(issued.error());
  auto response = json_response(200, api::encode_token(issued->token));
  if (uses_cookie(context.request)) {
    response.headers.add("Set-Cookie",
                         set_session_cookie(services.origins, issued->token, lifetime_of(*issued, services.clock)));
  }
  co_return response;
}

net::Task<net::Response> log_out(Context& context) {
  co_await context.services.sessions.log_out(*context.session->claims);
  auto response = empty_response(204);
  if (uses_cookie(context.request)) {
    response.headers.add("Set-Cookie", remove_session_cookie(context.services.origins));
  }
  co_return response;
}

}  // namespace guildhall::server::routes
