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
  address,  ///< All requests from this address, which is banned for a while.
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
    std::optional<std::chrono::milliseconds> retry_after{};  ///< Nothing if the answer does not say.
  };

  unsigned status = 200;
  std::optional<BucketHeaders> bucket;
  std::optional<Limited> limited;  ///< With status 429, and for a ban.

  /// Whether Discord counts the request as invalid (Discord: topics/rate-limits, Invalid Request Limit).
  [[nodiscard]] bool invalid() const {
    if (limited) return limited->scope != RateLimitScope::shared;
    return status == 401 || status == 403;
  }
};

[[nodiscard]] RateLimitHeaders read_rate_limit_headers(const net::ClientResponse& response);

/// Whether the address is banned for a while (Discord: topics/rate-limits, Invalid Request Limit): Cloudflare answers
/// with a page in Discord's place, or Discord with code 40333. `body` is the parsed one, null if it is not JSON.
[[nodiscard]] bool is_ban(const net::ClientResponse& response, const boost::json::value& body);

/// When to retry: the body's `retry_after`, which is exact, or the header Retry-After, seconds or a date; at most two
/// days. Nothing if the answer has neither, or one that makes no sense.
[[nodiscard]] std::optional<std::chrono::milliseconds> find_retry_after(const net::ClientResponse& response,
                                                                        const boost::json::value& body);

}  // namespace guildhall::discord
