#include "api/auth.hpp"

#include <algorithm>
#include <boost/json/value.hpp>

#include "net/form.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/login_page.hpp"
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
constexpr std::string_view login_path = "/api/auth/login";
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

std::string user_agent_of(const Context& context) {
  return std::string(context.request.headers.find("User-Agent").value_or(""));
}

/// Logs in, unless Discord has refused too many codes from that address.
net::Task<base::Result<IssuedToken>> limited_log_in(Context& context, std::string code, std::string redirect_uri) {
  auto& limit = context.services.refused_logins;
  const auto& client = context.request.client;
  if (const auto wait = limit.wait(client, context.services.clock.steady())) {
    co_return api::errors::too_many_logins.after(*wait);
  }
  auto issued =
      co_await context.services.sessions.log_in(std::move(code), std::move(redirect_uri), user_agent_of(context));
  if (!issued && issued.error().code == Errc::refused) limit.count(client, context.services.clock.steady());
  co_return issued;
}

/// The origin of ours that the request was sent to.
std::string site_of(const Context& context) {
  return context.services.origins.site(context.request.headers.find("Host").value_or(""));
}

/// Adds a cookie (RFC 6265) for all paths of the site: HttpOnly, SameSite=Lax, Secure over https. A lifetime of zero
/// removes the cookie.
void set_cookie(net::Response& response, const Context& context, std::string_view name, std::string_view value,
                std::chrono::seconds lifetime) {
  const auto& origins = context.services.origins;
  const auto site = site_of(context);
  std::string field = origins.cookie_name(site, name);
  field.append("=").append(value).append("; Path=").append(origins.base_path.empty() ? "/" : origins.base_path);
  field.append("; Max-Age=").append(std::to_string(lifetime.count())).append("; HttpOnly; SameSite=Lax");
  if (site.starts_with("https://")) field.append("; Secure");
  response.headers.add("Set-Cookie", field);
}

std::string cookie_of(const Context& context, std::string_view name) {
  const auto cookies = context.request.headers.find("Cookie").value_or("");
  return std::string(
      net::find_cookie(cookies, context.services.origins.cookie_name(site_of(context), name)).value_or(""));
}

void set_session_cookie(net::Response& response, const Context& context, const IssuedToken& issued) {
  const auto now = context.services.clock.now();
  const auto lifetime = std::chrono::duration_cast<std::chrono::seconds>(issued.expires_at - now);
  set_cookie(response, context, session_cookie, issued.token, lifetime);
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

/// Where a browser finds a path of ours: behind PUBLIC_URL's path, which a page may have put before it already.
std::string public_path(const Origins& origins, std::string_view path) {
  const auto& base = origins.base_path;
  const bool has_base = !base.empty() && path.starts_with(base) && path.substr(base.size()).starts_with('/');
  return has_base ? std::string(path) : base + std::string(path);
}

/// An error of a login, as a page with a way on where a person's browser asks.
net::Response login_page_error(const Context& context, const base::Error& error, std::string_view return_to = "/") {
  auto response = to_response(error);
  if (!wants_page(context.request)) return response;
  const auto& origins = context.services.origins;
  const auto again = with_query(public_path(origins, login_path), "to", return_to);
  const auto home = public_path(origins, "/");
  show_login_page(response, {"Login did not work", error.message, again, home});
  return response;
}

/// Where a login that begins at an address without callback must begin instead; empty if it may begin here. Only a
/// browser can be sent there, and only once: a proxy may hide the address that it uses.
std::string login_elsewhere(const Context& context, std::string_view return_to, bool sent_before) {
  const auto& origins = context.services.origins;
  const auto host = context.request.headers.find("Host").value_or("");
  const auto site = site_of(context);
  if (sent_before || !wants_page(context.request) || (has_host(site, host) && !origins.callback_at(site).empty()))
    return {};
  const auto callback = origins.main_callback();
  if (callback.empty()) return {};
  std::string url = callback.substr(0, callback.size() - callback_path.size()) + std::string(login_path);
  return with_query(with_query(std::move(url), "to", return_to), "here", "1");
}

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
  const auto query = read_query(context.request);
  if (!query) co_return login_page_error(context, query.error());
  const auto to = net::find_field(*query, "to");
  const std::string return_to(to ? *to : net::find_field(*query, "redirect").value_or("/"));
  if (!is_own_path(return_to)) {
    base::Error error = api::errors::foreign_path;
    if (to) error.field = "/to";
    co_return login_page_error(context, error);
  }
  const bool sent_before = net::find_field(*query, "here").has_value();
  if (const auto url = login_elsewhere(context, return_to, sent_before); !url.empty()) co_return redirect_response(url);

  const auto& origins = services.origins;
  auto callback = origins.callback_at(site_of(context));
  if (callback.empty()) callback = origins.main_callback();
  if (callback.empty()) callback = origins.own + origins.base_path + std::string(callback_path);
  const auto started = services.login_states.start({return_to, callback}, cookie_of(context, login_cookie));
  auto response = redirect_response(services.sessions.authorize_url(callback, started.state));
  set_cookie(response, context, login_cookie, started.cookie, LoginStates::lifetime);
  co_return response;
}

net::Task<net::Response> finish_login(Context& context) {
  auto& services = context.services;
  // Whoever only looks must not use the state up.
  if (context.request.method == net::Method::head) co_return empty_response(200);
  const auto query = read_query(context.request);
  if (!query) co_return login_page_error(context, query.error());
  const auto field = [&query](std::string_view name) {
    return std::string(net::find_field(*query, name).value_or(""));
  };
  auto finishing = services.login_states.finish(field("state"), cookie_of(context, login_cookie));
  const auto finished = co_await std::move(finishing);
  const std::string return_to = finished.login ? finished.login->return_to : "/";
  const auto target = public_path(services.origins, return_to);
  if (!finished.valid) {
    // Back and reload: the login has ended well before.
    auto session = co_await services.authentication.authenticate(context.request);
    if (session && wants_page(context.request)) co_return redirect_response(target);
    co_return login_page_error(context, api::errors::login_expired, return_to);
  }

  const std::string refusal = field("error");
  if (!refusal.empty()) {
    // A page that a login was started from is told; without one there is only ours.
    if (return_to != "/" || !wants_page(context.request)) {
      co_return redirect_response(with_query(target, "error", refusal));
    }
    base::Error error = api::errors::login_failed;
    if (refusal == "access_denied") error = api::errors::login_denied;
    co_return login_page_error(context, error, return_to);
  }
  const auto issued = co_await limited_log_in(context, field("code"), finished.login->redirect_uri);
  if (!issued) co_return login_page_error(context, issued.error(), return_to);
  auto response = redirect_response(target);
  set_session_cookie(response, context, *issued);
  co_return response;
}

net::Task<net::Response> refresh_token(Context& context) {
  auto& services = context.services;
  const auto issued = co_await services.sessions.refresh(*context.session->claims, user_agent_of(context));
  if (!issued) co_return to_response(issued.error());
  auto response = json_response(200, api::encode_token(issued->token));
  if (uses_cookie(context.request, services.origins)) set_session_cookie(response, context, *issued);
  co_return response;
}

net::Task<net::Response> log_out(Context& context) {
  co_await context.services.sessions.log_out(*context.session->claims);
  auto response = empty_response(204);
  if (uses_cookie(context.request, context.services.origins)) {
    set_cookie(response, context, session_cookie, "", std::chrono::seconds(0));
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
       login_path,
       Access::everyone,
       log_in,
       {{.id = "beginLogin",
         .tag = tag,
         .summary = "Log in with a browser",
         .description = "Redirects to Discord's authorize page. The login is bound to this browser by a `state` that "
                        "can be used once.",
         .parameters = {api::query_parameter("to", "The path on this server where the login ends; `/` if absent.",
                                             schema::text().length(1, max_return_path), "/docs"),
                        api::query_parameter("redirect", "The former name of `to`.",
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
                        "SameSite=Lax; `__Host-token` where PUBLIC_URL is https without path) and redirects. A person "
                        "who denied the login gets no session, and `error` in the query. A browser gets errors as a "
                        "page with a way on.",
         .parameters =
             {api::query_parameter("state", "From /api/auth/login.", schema::text(), "q3mRk0yKxv2fN1Zc7bXJ5w"),
              api::query_parameter("code", "From Discord, if the person approved.", schema::text(),
                                   "NhhvTDYsFcdgNLnnLijcl7Ku7bEEeee"),
              api::query_parameter("error", "From Discord, if the person denied.", schema::text(), "access_denied")},
         .answers = {{302, "Logged in, or denied.", {location, set_cookie}}},
         .errors = {errors::login_expired, errors::login_denied, errors::login_failed, errors::code_refused,
                    errors::too_many_logins, errors::discord_failed, errors::discord_away, errors::database_away,
                    errors::unauthenticated}}}},
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
