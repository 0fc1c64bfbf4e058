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

/// What the next requests of a route meet instead of, or on their way to, an answer.
struct Fault {
  struct RateLimit {
    RateLimitScope scope = RateLimitScope::user;
    std::chrono::milliseconds retry_after{0};
  };

  std::uint64_t id = 0;               ///< Given by the plan.
  std::optional<net::Method> method;  ///< Any where there is none.
  std::string route = "*";            ///< A pattern of the table of API routes, or `*` for every request.
  unsigned remaining = 1;             ///< How many requests it still meets.

  std::chrono::milliseconds delay{0};  ///< Before anything else happens.
  net::Headers headers;                ///< Put into the answer, whatever that is.
  std::optional<unsigned> status;
  std::optional<std::string> body;
  bool drop = false;     ///< Close the connection without an answer.
  bool garbage = false;  ///< 200 and bytes that are not JSON.
  std::optional<RateLimit> rate_limit;

  /// Whether it takes the place of the route's answer.
  [[nodiscard]] bool replaces_answer() const { return drop || garbage || status || body || rate_limit; }
};

/// The faults that wait for their requests; where several fit, the oldest is met. Used by one thread at a time.
class FaultPlan {
 public:
  /// Errc::too_large where 1000 faults wait already.
  [[nodiscard]] base::Result<Fault> add(Fault fault);

  /// The fault that a request of that method and route meets, counted down. `route` is empty for a path that has none.
  [[nodiscard]] std::optional<Fault> take(net::Method method, std::string_view route);

  [[nodiscard]] const std::vector<Fault>& waiting() const { return faults_; }
  void clear() { faults_.clear(); }

 private:
  std::vector<Fault> faults_;
  std::uint64_t last_id_ = 0;
};

/// The answer of a fault that replaces the route's, before its headers.
[[nodiscard]] net::Response faulty_answer(const Fault& fault);

}  // namespace guildhall::sim
