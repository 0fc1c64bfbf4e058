#pragma once

#include <string>
#include <string_view>

#include "net/http.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

inline constexpr std::string_view gateway_path = "/gateway";

/// Where the gateway is for whoever sent this request: the host and port that they used, `ws` or `wss`.
[[nodiscard]] std::string gateway_url(const Simulation& sim, const net::Request& request);

}  // namespace guildhall::sim
