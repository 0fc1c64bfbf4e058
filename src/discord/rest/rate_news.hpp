#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "net/http_client.hpp"

namespace guildhall::discord {

/// Whose limit a 429 is about (Discord: topics/rate-limits, X-RateLimit-Scope).
enum class LimitScope : std::uint8_t {
  user,     ///< One bucket of ours.
  shared,   ///< One bucket that we share with others.
  global,   ///< Everything that this authorization asks.
  address,  ///< Everything that comes from this address: it was not Discord that answered but what stands before it.
};

/// The state of a bucket as an answer's header fields tell it.
struct BucketReport {
  std::uint64_t name = 0;  ///< Stands for X-RateLimit-Bucket.
  unsigned limit = 1;
  unsigned remaining = 0;
  std::chrono::milliseconds reset_after{0};
  std::chrono::milliseconds reset{0};  ///< Discord's own time of it, which names the window; zero where it is not told.
};

/// What an answer says about rate limits.
struct RateNews {
  struct Limited {
    LimitScope scope = LimitScope::user;
    std::chrono::milliseconds retry_after{0};
  };

  unsigned status = 200;
  std::optional<BucketReport> bucket;
  std::optional<Limited> limited;  ///< With status 429.

  /// Whether Discord holds the request against us (Discord: topics/rate-limits, Invalid Request Limit).
  [[nodiscard]] bool invalid() const {
    if (limited) return limited->scope != LimitScope::shared;
    return status == 401 || status == 403;
  }
};

[[nodiscard]] RateNews read_rate_news(const net::ClientResponse& response);

}  // namespace guildhall::discord
