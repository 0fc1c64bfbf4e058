#include "api/auth.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "net/form.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/login_states.hpp"
#include "server/middleware/authentication.hpp"
#include "server/middleware/rate_limit.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"
#include "server/sessions.hpp"

namespace guildhall::server::routes {
namespace {

using base::Errc;

constexpr std::string_view form_type = "application/x-www-form-urlencoded";
constexpr std::string_view login_cookie = "login";
constexpr std::string_view callback_path = "/api/auth/callback";
constexpr std::size_t max_return_path = 512;

base::Result<api::TokenRequest> read_token_request(const net::Request& request) {
  if (has_content_type(request, form_type)) {
    const auto form = net::parse_form(request.body);
    if (!form) return api::errors::malformed_form;
    return api::parse_token_request(*form);
  }
  auto body = read_json(request);
  if (!body) return body.error();
  return api::parse_token_request(std::move(*body));
}

/// Logs in, unless Discord has refused too many codes from that address.
net::Task<base::Result<IssuedToken>> limited_log_in(Context& context, std::string code, std::string redirect_uri) {
  auto& limit = context.services.refused_logins;
  const auto& client = context.request.client;
  if (const auto wait = limit.wait(client, context.services.clock.steady())) {
    co_return api::errors::too_many_logins.after(*wait);
  }
  auto issued = co_await context.services.sessions.log_in(std::move(code), std::move(redirect_uri));
  if (!issued && issued.error().code == Errc::refused) limit.count(client, context.services.clock.steady());
  co_return issued;
}

/// Adds a cookie (RFC 6265): HttpOnly, SameSite=Lax, Secure if this server's origin is https. A lifetime of zero
/// removes the cookie.
void set_cookie(net::Response& response, const Origins& origins, std::string_view name, std::string_view value,
                std::string_view path, std::chrono::seconds lifetime) {
  std::string field;
  field.append(name).append("=").append(value).append("; Path=").append(path);
  field.append("; Max-Age=").append(std::to_string(lifetime.count())).append("; HttpOnly; SameSite=Lax");
  if (origins.own.starts_with("https://")) field.append("; Secure");
  response.headers.add("Set-Cookie", field);
}

void set_session_cookie(net::Response& response, const Services& services, const IssuedToken& issued) {
  const auto lifetime = std::chrono::duration_cast<std::chrono::seconds>(issued.expires_at - services.clock.now());
  set_cookie(response, services.origins, session_cookie, issued.token, "/", lifetime);
}

/// A path of ours, never another site's: browsers take `//host` and `/\host` for one.
bool is_own_path(std::string_view path) {
  const auto plain = [](char c) { return c > 0x20 && c < 0x7F && c != '\\'; };
  return path.size() <= max_return_path && path.starts_with('/') && !path.starts_with("//") &&
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
  if (!query) co_return to_response(api::errors::malformed_query);
  const std::string return_to(net::find_field(*query, "redirect").value_or("/"));
  if (!is_own_path(return_to)) co_return to_response(api::errors::foreign_path);

  const auto started = services.login_states.start(return_to);
  auto response = redirect_response(services.sessions.authorize_url(callback_uri(services), started.state));
  set_cookie(response, services.origins, login_cookie, started.cookie, callback_path, LoginStates::lifetime);
  co_return response;
}

net::Task<net::Response> finish_login(Context& context) {
  auto& services = context.services;
  const auto query = net::parse_form(context.request.query());
  if (!query) co_return to_response(api::errors::malformed_query);
  const auto field = [&query](std::string_view name) {
    return std::string(net::find_field(*query, name).value_or(""));
  };
  const auto cookies = context.request.headers.find("Cookie").value_or("");
  std::string cookie(net::find_cookie(cookies, login_cookie).value_or(""));
  auto return_to = co_await services.login_states.finish(field("state"), std::move(cookie));
  if (!return_to) co_return to_response(api::errors::login_expired);

  net::Response response;
  const std::string refusal = field("error");
  if (!refusal.empty()) {
    response = redirect_response(with_query(*return_to, "error", refusal));
  } else {
    const auto issued = co_await limited_log_in(context, field("code"), callback_uri(services));
    if (!issued) co_return to_response(issued.error());
    response = redirect_response(*return_to);
    set_session_cookie(response, services, *issued);
  }
  set_cookie(response, services.origins, login_cookie, "", callback_path, std::chrono::seconds(0));
  co_return response;
}

net::Task<net::Response> refresh_token(Context& context) {
  auto& services = context.services;
  const auto issued = co_await services.sessions.refresh(*context.session->claims);
  if (!issued) co_return to_response(issued.error());
  auto response = json_response(200, api::encode_token(issued->token));
  if (uses_cookie(context.request)) set_session_cookie(response, services, *issued);
  co_return response;
}

net::Task<net::Response> log_out(Context& context) {
  co_await context.services.sessions.log_out(*context.session->claims);
  auto response = empty_response(204);
  if (uses_cookie(context.request)) {
    set_cookie(response, context.services.origins, session_cookie, "", "/", std::chrono::seconds(0));
  }
  co_return response;
}

std::vector<Route> auth() {
  using enum api::AnswerHeader;
  namespace errors = api::errors;
  constexpr std::string_view tag = "Authentication";
  const auto token = api::json_content(
      api::token_schema(),
      R"({"token": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..Q2FyaWJvdQ.b2YgdGhlIHdvcmxk.c2hvcnQgdGFn"})");
  auto request = api::json_content(
      api::token_request_schema(),
      R"({"code": "NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee", "redirect_uri": "https://dashboard.example/callback"})");
  request.types.push_back(form_type);

  return {
      {net::Method::post,
       "/api/auth/token",
       Access::everyone,
       exchange_token,
       {{.id = "exchangeToken",
         .tag = tag,
         .summary = "Log in with a code from Discord",
         .description = "Exchanges the code that Discord's authorize page gave the client, and starts a session.",
         .body = std::move(request),
         .answers = {{200, "The token of a session.", {}, token}},
         .errors = {errors::code_refused, errors::too_many_logins, errors::discord_failed, errors::discord_away}}}},
      {net::Method::get,
       "/api/auth/login",
       Access::everyone,
       log_in,
       {{.id = "beginLogin",
         .tag = tag,
         .summary = "Log in with a browser",
         .description = "Redirects to Discord's authorize page. The login is bound to this browser by a `state` that "
                        "can be used once.",
         .parameters = {api::query_parameter("redirect", "The path on this server where the login ends; `/` if absent.",
                                             schema::text().length(1, max_return_path), "/docs")},
         .answers = {{302, "To Discord.", {location, set_cookie}}},
         .errors = {errors::foreign_path}}}},
      {net::Method::get,
       callback_path,
       Access::everyone,
       finish_login,
       {{.id = "finishLogin",
         .tag = tag,
         .summary = "Come back from Discord",
         .description = "Discord redirects the browser to this path. The answer sets the cookie `token` (HttpOnly, "
                        "SameSite=Lax) and redirects. A person who denied the login gets no session, and `error` in "
                        "the query.",
         .parameters =
             {api::query_parameter("state", "From /api/auth/login.", schema::text(), "q3mRk0yKxv2fN1Zc7bXJ5w"),
              api::query_parameter("code", "From Discord, if the person approved.", schema::text(),
                                   "NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee"),
              api::query_parameter("error", "From Discord, if the person denied.", schema::text(), "access_denied")},
         .answers = {{302, "Logged in, or denied.", {location, set_cookie}}},
         .errors = {errors::login_expired, errors::code_refused, errors::too_many_logins, errors::discord_failed,
                    errors::discord_away, errors::database_away, errors::unauthenticated}}}},
      {net::Method::post,
       "/api/auth/refresh",
       Access::session,
       refresh_token,
       {{.id = "refreshToken",
         .tag = tag,
         .summary = "Renew the session",
         .description = "Gets a new access token from Discord. A token that came as a cookie is renewed there too.",
         .answers = {{200, "The token of a session.", {set_cookie}, token}},
         .errors = {errors::session_ended, errors::discord_failed, errors::discord_away}}}},
      {net::Method::post,
       "/api/auth/logout",
       Access::session,
       log_out,
       {{.id = "logOut",
         .tag = tag,
         .summary = "End the session",
         .description = "Revokes the access token at Discord. The session's token stops working at once.",
         .answers = {{204, "Logged out.", {set_cookie}}}}}},
  };
}

}  // namespace guildhall::server::routes
