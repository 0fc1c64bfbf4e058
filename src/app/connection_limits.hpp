#pragma once

#include <cstddef>

namespace guildhall::app {

/// How many connections may be open at the same time.
struct ConnectionLimits {
  std::size_t http;
  std::size_t websockets;

  bool operator==(const ConnectionLimits&) const = default;
};

/// Splits the file descriptors between HTTP and WebSocket, less those for the database, Discord and the log, up to the
/// servers' own limits.
[[nodiscard]] ConnectionLimits connection_limits(std::size_t descriptors);

/// Raises the process's soft limit of file descriptors to the hard one, as services often start with only 1024, and
/// returns it.
[[nodiscard]] std::size_t raise_descriptor_limit();

}  // namespace guildhall::app
