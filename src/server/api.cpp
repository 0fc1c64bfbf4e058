#include "server/api.hpp"

#include <algorithm>
#include <chrono>

#include "api/errors.hpp"
#include "net/http_server.hpp"
#include "net/url.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/metrics.hpp"
#include "server/middleware/authorization.hpp"
#include "server/middleware/cors.hpp"
#include "server/sessions.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server {
namespace {

/// Bytes of a body that no route needs, or that anybody may send: a code and a redirect URI.
constexpr std::size_t max_small_body = 16 * 1024;

/// The answer to a request that has no route; nothing if it has one.
std::optional<net::Response> answer_unrouted(const Origins& origins, const net::Request& request,
                                             const net::RouteMatch& match) {
  if (request.method == net::Method::options && (!match.allow.empty() || request.target == "*")) {
    const auto allow =
        match.allow.empty() ? std::string_view("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS") : match.allow;
    return options_response(origins, request, allow);
  }
  if (match.allow.empty()) return to_response(api::errors::no_such_path);
  if (match.route) return std::nullopt;
  auto response = protocol_error(405);
  response.headers.add("Allow", match.allow);
  return response;
}

/// A path with a slash behind it is the path without.
std::string_view routed_path(const net::Request& request) {
  auto path = request.path();
  if (path.size() > 1 && path.ends_with('/') && !path.ends_with("//")) path.remove_suffix(1);
  return path;
}

/// Null if the route takes no body.
const api::Content* body_of(const Route& route) { return route.doc && route.doc->body ? &*route.doc->body : nullptr; }

/// Whether the body is of a type that the route does not take.
bool has_wrong_type(const net::Request& head, const Route& route) {
  const auto* body = body_of(route);
  return body != nullptr &&
         std::ranges::none_of(body->types, [&head](std::string_view type) { return has_content_type(head, type); });
}

}  // namespace

Api::Api(Services& services) : services_(services), router_(net::patterns_of(services.routes)) {}

net::Task<net::Response> Api::answer(net::Request& request) {
  const auto match = router_.match(request.method, routed_path(request));
  auto response = co_await dispatch(request, match);
  finish(request, match, response);
  co_return response;
}

net::Task<net::HeadVerdict> Api::judge_head(net::Request& head) {
  const auto match = router_.match(head.method, routed_path(head));
  net::HeadVerdict verdict;
  verdict.refusal = co_await refuse(head, match);
  if (verdict.refusal) {
    finish(head, match, *verdict.refusal);
  } else {
    const Route& route = services_.routes[*match.route];
    const auto* body = body_of(route);
    const bool is_small = body == nullptr || route.access == Access::everyone;
    if (is_small) verdict.max_body = max_small_body;
  }
  co_return verdict;
}

net::Task<std::optional<net::Response>> Api::refuse(const net::Request& head, const net::RouteMatch& match) {
  auto unrouted = answer_unrouted(services_.origins, head, match);
  if (unrouted) co_return unrouted;
  const Route& route = services_.routes[*match.route];
  std::optional<net::Response> refusal;
  try {
    const Authorizers authorizers{services_.authentication, services_.access, services_.user_guilds};
    auto authorized = co_await authorize(authorizers, head, match.params, route.access);
    if (!authorized) {
      refusal = to_response(authorized.error());
    } else if (has_wrong_type(head, route)) {
      refusal = to_response(api::errors::not_json_type);
    }
  } catch (...) {
    // The same happens once the body is there, and is reported then.
  }
  co_return refusal;
}

void Api::finish(const net::Request& request, const net::RouteMatch& match, net::Response& response) {
  add_cors(services_.origins, request, response);

  const auto time = std::chrono::steady_clock::now() - request.received;
  services_.metrics.observe(match.route.value_or(Metrics::no_route), response.status, time);
  if (services_.log.enabled(base::LogLevel::http)) {
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(time).count();
    services_.log.http("Answered", {{"request", request.id},
                                    {"client", request.client.to_string()},
                                    {"method", net::to_string(request.method)},
                                    {"path", net::path_for_log(request.path())},
                                    {"status", response.status},
                                    {"micros", micros}});
  }
}

net::Task<net::Response> Api::dispatch(net::Request& request, const net::RouteMatch& match) {
  auto unrouted = answer_unrouted(services_.origins, request, match);
  if (unrouted) co_return *std::move(unrouted);
  std::string unexpected;
  std::exception_ptr failure;
  net::Response failed;
  try {
    const Route& route = services_.routes[*match.route];
    const Authorizers authorizers{services_.authentication, services_.access, services_.user_guilds};
    auto authorized = co_await authorize(authorizers, request, match.params, route.access);
    if (!authorized) co_return to_response(authorized.error());
    if (authorized->session) {
      services_.sessions.note_use(*authorized->session->claims, request.headers.find("User-Agent").value_or(""));
    }
    Context context{services_, request, match.params, std::move(authorized->session), std::move(authorized->guild)};
    auto response = co_await route.handler(context);
    co_return response;
  } catch (...) {
    failed = exception_to_response(unexpected);
    failure = std::current_exception();
  }
  if (!unexpected.empty()) net::log_handler_failure(services_.log, request, failure);
  co_return failed;
}

net::Headers security_headers(std::string_view own) {
  net::Headers headers{
      {"Cache-Control", "no-store"},
      {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
      {"X-Frame-Options", "DENY"},
  };
  if (own.starts_with("https://")) headers.add("Strict-Transport-Security", "max-age=31536000");
  return headers;
}

}  // namespace guildhall::server
