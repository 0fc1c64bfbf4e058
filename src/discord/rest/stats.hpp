#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "discord/rest/routes.hpp"
#include "net/http.hpp"

namespace guildhall::discord {

struct RateLimitHeaders;

/// What a RestClient counts, for /metrics.
struct RestStats {
  /// How often attempts on one route had one outcome.
  struct Answers {
    net::Method method = net::Method::get;
    std::string_view route;    ///< The path's template, as `/channels/{channel_id}/messages`.
    std::string_view outcome;  ///< `2xx`, `4xx`, `429`, `5xx`, ...; `lost` if there was no answer.
    std::uint64_t count = 0;
  };

  std::vector<Answers> answers;
  std::uint64_t retries = 0;            ///< Attempts after a failure; not those after a 429.
  std::uint64_t limited_user = 0;       ///< 429s of a bucket of ours.
  std::uint64_t limited_global = 0;     ///< 429s of the global limit, or of Cloudflare.
  std::uint64_t limited_shared = 0;     ///< 429s of limits shared with others; Discord does not count them as invalid.
  std::uint64_t waits = 0;              ///< Requests that could not be sent at once.
  std::chrono::milliseconds waited{0};  ///< The time that they waited, in all.
  std::uint64_t given_up = 0;           ///< Requests refused here, without asking Discord.
  std::size_t queue_length = 0;         ///< Waiting requests.
  std::size_t queue_bytes = 0;          ///< Memory that all requests' bodies take.
  std::size_t in_flight = 0;            ///< Requests without an answer so far.
  std::size_t invalid_requests = 0;     ///< 401s, 403s and 429s in the last ten minutes; Discord bans at 10,000.
  std::size_t buckets = 0;              ///< Known rate limits.
};

/// Counts for RestStats. Any thread may call.
class RestCounters {
 public:
  /// The HTTP status of an answer, or 0 if there was none.
  void count_response(Route route, unsigned status);
  void count_limited(const RateLimitHeaders& headers);

  template <class Change>
  void update(Change change) {
    const std::lock_guard lock(mutex_);
    change(stats_);
  }

  [[nodiscard]] RestStats snapshot() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<Route, std::string_view>, std::uint64_t> answers_;  ///< By route and outcome.
  RestStats stats_;                                                      ///< Without `answers`.
};

}  // namespace guildhall::discord
