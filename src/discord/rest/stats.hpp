#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "net/http.hpp"

namespace guildhall::discord {

/// What a RestClient counts about itself.
struct RestStats {
  /// How often requests of one route were answered in one way; each attempt counts.
  struct Answers {
    net::Method method = net::Method::get;
    std::string_view route;    ///< The path's template, as `/channels/{channel_id}/messages`.
    std::string_view outcome;  ///< `2xx`, `4xx`, `429`, `5xx`, ...; `lost` where there was no answer.
    std::uint64_t count = 0;
  };

  std::vector<Answers> answers;
  std::uint64_t retries = 0;            ///< Attempts after one that failed; not those after a 429.
  std::uint64_t limited_user = 0;       ///< 429s of a bucket of ours.
  std::uint64_t limited_global = 0;     ///< 429s of the global limit, or of Cloudflare.
  std::uint64_t limited_shared = 0;     ///< 429s of what we share with others; Discord does not hold them against us.
  std::uint64_t waits = 0;              ///< Requests that could not go at once.
  std::chrono::milliseconds waited{0};  ///< How long they waited in all.
  std::uint64_t given_up = 0;           ///< Requests refused here, without asking Discord.
  std::size_t queue_length = 0;         ///< Requests that wait.
  std::size_t queue_bytes = 0;          ///< What their bodies take.
  std::size_t in_flight = 0;            ///< Requests without an answer so far.
  std::size_t invalid_requests = 0;     ///< 401s, 403s and 429s in the last ten minutes; Discord bans at 10,000.
  std::size_t buckets = 0;              ///< Limits that are known.
};

}  // namespace guildhall::discord
