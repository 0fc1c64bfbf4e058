#include "discord/rest/stats.hpp"

#include "discord/rest/rate_limit_headers.hpp"

namespace guildhall::discord {
namespace {

std::string_view outcome_of(unsigned status) {
  switch (status) {
    case 0: return "lost";
    case 401: return "401";
    case 403: return "403";
    case 404: return "404";
    case 429: return "429";
    default: break;
  }
  if (status >= 500) return "5xx";
  if (status >= 400) return "4xx";
  return status >= 300 ? "3xx" : "2xx";
}

}  // namespace

void RestCounters::count_response(Route route, unsigned status) {
  const std::lock_guard lock(mutex_);
  ++answers_[{route, outcome_of(status)}];
}

void RestCounters::count_limited(const RateLimitHeaders& headers) {
  if (!headers.limited) return;
  const std::lock_guard lock(mutex_);
  switch (headers.limited->scope) {
    case RateLimitScope::user: ++stats_.limited_user; break;
    case RateLimitScope::shared: ++stats_.limited_shared; break;
    case RateLimitScope::global:
    case RateLimitScope::address: ++stats_.limited_global; break;
  }
}

RestStats RestCounters::snapshot() const {
  const std::lock_guard lock(mutex_);
  RestStats stats = stats_;
  for (const auto& [key, count] : answers_) {
    const auto [method, path] = template_of(key.first);
    stats.answers.push_back({method, path, key.second, count});
  }
  return stats;
}

}  // namespace guildhall::discord
