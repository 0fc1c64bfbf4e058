#pragma once

#include <string>
#include <string_view>

#include "net/http.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

inline constexpr std::string_view gateway_path = "/gateway";

/// The gateway's URL for the sender of this request: the host and port that it used, `ws` or `wss`.
[[nodiscard]] std::string gateway_url(const Simulation& sim, const net::Request& request);

}  // namespace guildhall::sim
