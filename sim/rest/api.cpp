#include "sim/rest/api.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "sim/rest/api_routes.hpp"
#include "sim/rest/discord_error.hpp"

namespace guildhall::sim {
namespace {

constexpr std::string_view prefix = "/api";

bool is_version(std::string_view segment) {
  return segment.size() >= 2 && segment.front() == 'v' &&
         std::all_of(segment.begin() + 1, segment.end(), base::is_digit);
}

/// The path below /api or /api/v10. Nothing for an unsupported version.
std::optional<std::string_view> below_prefix(std::string_view path) {
  path.remove_prefix(prefix.size());
  if (path.empty()) return path;
  const auto end = std::min(path.find('/', 1), path.size());
  const auto version = path.substr(1, end - 1);
  if (!is_version(version)) return path;
  if (version != "v9" && version != "v10") return std::nullopt;
  return path.substr(end);
}

/// The path with `%40` replaced by `@`: some clients encode `@me` and `@original`.
std::string with_at_signs(std::string_view path) {
  std::string plain(path);
  for (auto at = plain.find("%40"); at != std::string::npos; at = plain.find("%40", at)) plain.replace(at, 3, 1, '@');
  return plain;
}

bool is_allowed(Access access, TokenKind kind) {
  switch (access) {
    case Access::anyone: return true;
    case Access::bot: return kind == TokenKind::bot;
    case Access::bearer: return kind == TokenKind::bearer;
    case Access::bot_or_bearer: return kind != TokenKind::none;
  }
  return false;
}

bool lacks_scope(const ApiRoute& route, const Caller& caller) {
  return !route.scope.empty() && caller.authorization && !holds(caller.authorization->scopes, route.scope);
}

/// An opaque bucket id, as Discord's: an FNV-1a hash.
std::string bucket_id(Bucket bucket, TokenKind kind) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::string_view part : {to_string(bucket), to_string(kind)}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  std::string digits(16, '0');
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, hash >>= 4)
    *digit = "0123456789abcdef"[hash & 15];
  return digits;
}

/// The key of a limit: caller, bucket, and Discord's major parameters of the path. Requests with the
/// same interaction token count together, whatever other credentials they have.
std::string rate_key(const ApiRoute& route, const Caller& caller, const net::PathParams& params) {
  std::string key(to_string(route.bucket));
  if (counts_globally(route.bucket)) key += ' ' + caller.rate_key;
  for (const std::string_view major :
       {"guild_id", "channel_id", "webhook_id", "webhook_token", "interaction_id", "interaction_token"}) {
    key += ' ';
    key += params[major];
  }
  return key;
}

void add_rate_headers(net::Headers& headers, const RateDecision& decision, std::string bucket) {
  headers.set("X-RateLimit-Limit", std::to_string(decision.limit));
  headers.set("X-RateLimit-Remaining", std::to_string(decision.remaining));
  headers.set("X-RateLimit-Reset", to_decimal_seconds(decision.resets_at.time_since_epoch()));
  headers.set("X-RateLimit-Reset-After", to_decimal_seconds(decision.reset_after));
  headers.set("X-RateLimit-Bucket", bucket);
}

/// Discord's error for a route that is not there, which names what was asked for.
net::Response lacks_route(unsigned status, net::Method method, std::string_view path) {
  auto error = general_error(status);
  error.message += ". discord-sim does not have " + std::string(net::to_string(method)) + ' ' + std::string(path) + '.';
  return answer(error);
}

net::Response not_routed(const net::RouteMatch& match, net::Method method, std::string_view path) {
  if (match.allow.empty()) return lacks_route(404, method, path);
  net::Response response;
  if (method == net::Method::options) {
    response.status = 204;
  } else {
    response = lacks_route(405, method, path);
  }
  response.headers.add("Allow", match.allow);
  return response;
}

net::Task<> wait(std::chrono::milliseconds time) {
  const auto executor = co_await boost::asio::this_coro::executor;
  boost::asio::steady_timer timer(executor, time);
  boost::system::error_code cancelled;
  co_await timer.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
}

/// The pattern without the names of its parameters.
std::string without_names(std::string_view pattern) {
  std::string bare;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool name = i > 0 && pattern[i - 1] == '/' && (pattern[i] == ':' || pattern[i] == '{');
    bare += name ? ':' : pattern[i];
    if (name) i = std::min(pattern.find('/', i), pattern.size()) - 1;
  }
  return bare;
}

}  // namespace

Api::Api(Simulation& sim) : sim_(sim), router_(net::patterns_of(api_routes())) {}

bool Api::owns(std::string_view path) {
  return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

net::Task<net::Response> Api::handle(net::Request& request) const {
  const auto time = sim_.clock().now();
  const auto target = with_at_signs(request.path());
  const auto path = below_prefix(target);
  const auto match = router_.match(request.method, path.value_or(""));
  const ApiRoute* route = match.route ? &api_routes()[*match.route] : nullptr;
  const std::string_view pattern = route == nullptr ? std::string_view() : route->path;

  const auto fault = sim_.faults.take(request.method, pattern);
  if (fault && fault->delay.count() > 0) co_await wait(fault->delay);

  net::Response response;
  if (fault && fault->replaces_answer()) {
    response = faulty_answer(*fault);
  } else if (!path) {
    response = answer(invalid_api_version());
  } else {
    response = answer_route(request, match, route);
  }
  if (fault) {
    for (const auto& field : fault->headers) response.headers.set(field.name, field.value);
  }
  const unsigned status = response.abort ? 0 : response.status;
  sim_.journal.add({request.method, request.target, std::string(pattern), status, request.headers, request.body, time});
  co_return response;
}

net::Response Api::answer_route(const net::Request& request, const net::RouteMatch& match,
                                const ApiRoute* route) const {
  if (route == nullptr) return not_routed(match, request.method, request.path());
  const Caller caller = identify(sim_, request);
  if (!is_allowed(route->access, caller.kind)) return answer(general_error(401));

  const auto& limits = sim_.world.rate_limits;
  if (counts_globally(route->bucket)) {
    const auto global = sim_.limiter.take(caller.rate_key, limits.global_window());
    if (!global.allowed) return rate_limited_answer(RateLimitScope::global, global.reset_after);
  }
  const auto decision =
      sim_.limiter.take(rate_key(*route, caller, match.params), limits.window(route->bucket, caller.kind));
  net::Response response;
  if (!decision.allowed) {
    response = rate_limited_answer(RateLimitScope::user, decision.reset_after);
  } else if (lacks_scope(*route, caller)) {
    response = answer(missing_scope());
  } else if (const auto query = net::parse_form(request.query())) {
    try {
      response = route->handle(ApiCall{sim_, request, match.params, *query, caller});
    } catch (const DiscordError& error) {
      response = answer(error);
    } catch (const base::ErrorException& failure) {
      response = answer(DiscordError{400, 50035, "Invalid Form Body. " + failure.error().message});
    }
  } else {
    response = answer(general_error(400));
  }
  add_rate_headers(response.headers, decision, bucket_id(route->bucket, caller.kind));
  return response;
}

std::optional<std::string_view> find_route_pattern(std::string_view text) {
  for (const ApiRoute& route : api_routes()) {
    if (without_names(route.path) == without_names(text)) return route.path;
  }
  return std::nullopt;
}

}  // namespace guildhall::sim
