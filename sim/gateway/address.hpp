#pragma once

#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::sim {

inline constexpr std::string_view gateway_path = "/gateway";

/// The scheme and host by which the sender of a request reached us: `http://127.0.0.1:8090`. A proxy that ends TLS says
/// so with X-Forwarded-Proto.
[[nodiscard]] std::string origin_of(const net::Request& request);
/// The gateway's URL for them: the same host and port, `ws` or `wss`.
[[nodiscard]] std::string gateway_url(const net::Request& request);

}  // namespace guildhall::sim
