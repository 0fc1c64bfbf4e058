#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/http.hpp"
#include "sim/rest/discord_error.hpp"

namespace guildhall::sim {

/// A fault that the next requests of a route meet.
struct Fault {
  struct RateLimit {
    RateLimitScope scope = RateLimitScope::user;
    std::chrono::milliseconds retry_after{0};
  };

  std::uint64_t id = 0;               ///< Set by the plan.
  std::optional<net::Method> method;  ///< Any if not set.
  std::string route = "*";            ///< A pattern of the table of API routes, or `*` for every request.
  unsigned remaining = 1;             ///< Number of requests it still applies to.

  std::chrono::milliseconds delay{0};  ///< Before the response.
  net::Headers headers;                ///< Added to the response.
  std::optional<unsigned> status;
  std::optional<std::string> body;
  bool drop = false;     ///< Close the connection without a response.
  bool garbage = false;  ///< 200 and bytes that are not JSON.
  std::optional<RateLimit> rate_limit;

  /// Whether it replaces the route's response.
  [[nodiscard]] bool replaces_answer() const { return drop || garbage || status || body || rate_limit; }
};

/// The active faults; if several match, the oldest applies. Used by one thread at a time.
class FaultPlan {
 public:
  /// Errc::too_large if 1000 faults are active.
  [[nodiscard]] base::Result<Fault> add(Fault fault);

  /// The fault for a request of that method and route, counted down. `route` is empty for an unknown path.
  [[nodiscard]] std::optional<Fault> take(net::Method method, std::string_view route);

  [[nodiscard]] const std::vector<Fault>& waiting() const { return faults_; }
  void clear() { faults_.clear(); }

 private:
  std::vector<Fault> faults_;
  std::uint64_t last_id_ = 0;
};

/// The response of a fault that replaces the route's, without the fault's headers.
[[nodiscard]] net::Response faulty_answer(const Fault& fault);

}  // namespace guildhall::sim
