#include "discord/rest/counters.hpp"

#include <string_view>

namespace guildhall::discord {
namespace {

constexpr std::array<std::string_view, 9> outcomes{"lost", "2xx", "3xx", "4xx", "401", "403", "404", "429", "5xx"};

std::size_t outcome_of(unsigned status) {
  switch (status) {
    case 401: return 4;
    case 403: return 5;
    case 404: return 6;
    case 429: return 7;
    default: break;
  }
  if (status >= 500) return 8;
  if (status >= 400) return 3;
  return status >= 300 ? 2 : 1;
}

}  // namespace

void RestCounters::answered(Route route, const RateNews& news) {
  const std::lock_guard lock(mutex_);
  ++answers_[static_cast<std::size_t>(route)][outcome_of(news.status)];
  if (!news.limited) return;
  switch (news.limited->scope) {
    case LimitScope::user: ++stats_.limited_user; break;
    case LimitScope::shared: ++stats_.limited_shared; break;
    case LimitScope::global:
    case LimitScope::address: ++stats_.limited_global; break;
  }
}

void RestCounters::lost(Route route) {
  const std::lock_guard lock(mutex_);
  ++answers_[static_cast<std::size_t>(route)][0];
}

void RestCounters::retried() {
  const std::lock_guard lock(mutex_);
  ++stats_.retries;
}

void RestCounters::waited(std::chrono::milliseconds time) {
  const std::lock_guard lock(mutex_);
  ++stats_.waits;
  stats_.waited += time;
}

void RestCounters::given_up() {
  const std::lock_guard lock(mutex_);
  ++stats_.given_up;
}

void RestCounters::set_levels(const TrafficControl::Counts& counts) {
  const std::lock_guard lock(mutex_);
  stats_.queue_length = counts.waiting;
  stats_.queue_bytes = counts.bytes;
  stats_.in_flight = counts.in_flight;
  stats_.invalid_requests = counts.invalid;
  stats_.buckets = counts.buckets;
}

RestStats RestCounters::snapshot() const {
  const std::lock_guard lock(mutex_);
  RestStats stats = stats_;
  for (std::size_t route = 0; route < route_count; ++route) {
    const auto [method, path] = template_of(static_cast<Route>(route));
    for (std::size_t outcome = 0; outcome < outcome_count; ++outcome) {
      const auto count = answers_[route][outcome];
      if (count > 0) stats.answers.push_back({method, path, outcomes[outcome], count});
    }
  }
  return stats;
}

}  // namespace guildhall::discord
