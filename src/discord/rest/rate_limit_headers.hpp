#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <cstdint>
#include <optional>

#include "net/http_client.hpp"

namespace guildhall::discord {

/// Which limit a 429 is about (Discord: topics/rate-limits, X-RateLimit-Scope).
enum class RateLimitScope : std::uint8_t {
  user,     ///< One bucket of ours.
  shared,   ///< One bucket that we share with others.
  global,   ///< All requests with this authorization.
  address,  ///< All requests from this address: Cloudflare answered, not Discord.
};

/// The state of a bucket according to an answer's headers.
struct BucketHeaders {
  std::uint64_t name = 0;  ///< A hash of X-RateLimit-Bucket.
  unsigned limit = 1;
  unsigned remaining = 0;
  std::chrono::milliseconds reset_after{0};
  std::chrono::milliseconds reset{0};  ///< The window's end by Discord's clock, which identifies it; zero if unknown.
};

/// What an answer says about rate limits.
struct RateLimitHeaders {
  struct Limited {
    RateLimitScope scope = RateLimitScope::user;
    std::chrono::milliseconds retry_after{0};
  };

  unsigned status = 200;
  std::optional<BucketHeaders> bucket;
  std::optional<Limited> limited;  ///< With status 429.

  /// Whether Discord counts the request as invalid (Discord: topics/rate-limits, Invalid Request Limit).
  [[nodiscard]] bool invalid() const {
    if (limited) return limited->scope != RateLimitScope::shared;
    return status == 401 || status == 403;
  }
};

[[nodiscard]] RateLimitHeaders read_rate_limit_headers(const net::ClientResponse& response);

/// When to retry: the body's `retry_after`, which is exact, or the header Retry-After; at most an hour. Nothing if the
/// answer has neither.
[[nodiscard]] std::optional<std::chrono::milliseconds> find_retry_after(const net::ClientResponse& response,
                                                                        const boost::json::value& body);

}  // namespace guildhall::discord
