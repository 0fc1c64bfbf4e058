#include "server/api.hpp"

#include <chrono>

#include "api/errors.hpp"
#include "net/http_server.hpp"
#include "net/url.hpp"
#include "server/errors.hpp"
#include "server/metrics.hpp"
#include "server/middleware/authorization.hpp"
#include "server/middleware/cors.hpp"
#include "server/routes/table.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server {
namespace {

std::vector<net::RoutePattern> patterns() {
  std::vector<net::RoutePattern> all;
  for (const Route& route : route_table()) all.push_back({route.method, route.path});
  return all;
}

}  // namespace

Api::Api(Services& services) : services_(services), router_(patterns()) {}

net::Task<net::Response> Api::answer(net::Request& request) {
  // A path with a slash behind it is the path without.
  auto path = request.path();
  if (path.size() > 1 && path.ends_with('/') && !path.ends_with("//")) path.remove_suffix(1);
  const auto match = router_.match(request.method, path);
  auto response = co_await dispatch(request, match);
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
  co_return response;
}

net::Task<net::Response> Api::dispatch(net::Request& request, const net::RouteMatch& match) {
  if (request.method == net::Method::options && (!match.allow.empty() || request.target == "*")) {
    const auto allow =
        match.allow.empty() ? std::string_view("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS") : match.allow;
    co_return options_response(services_.origins, request, allow);
  }
  if (match.allow.empty()) co_return to_response(api::errors::no_such_path);
  if (!match.route) {
    auto response = protocol_error(405);
    response.headers.add("Allow", match.allow);
    co_return response;
  }
  std::string unexpected;
  std::exception_ptr failure;
  net::Response failed;
  try {
    const Route& route = route_table()[*match.route];
    const Authorizers authorizers{services_.authentication, services_.access, services_.user_guilds};
    auto authorized = co_await authorize(authorizers, request, match.params, route.access);
    if (!authorized) co_return to_response(authorized.error());
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
