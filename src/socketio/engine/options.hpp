#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string_view>

namespace guildhall::socketio::engine {

/// Defaults are the official server's.
struct Options {
  std::chrono::milliseconds ping_interval{25'000};
  std::chrono::milliseconds ping_timeout{20'000};
  std::chrono::milliseconds upgrade_timeout{10'000};
  std::size_t max_payload = 1'000'000;   ///< Bytes of one message or one POST: `maxHttpBufferSize`.
  std::size_t max_unsent = 1024 * 1024;  ///< Bytes a client may leave unread before it is closed.
  std::size_t max_sockets = 20'000;      ///< Open sockets; further handshakes are answered with 503.
  bool per_message_deflate = false;
  /// Decides whether pages of an origin may use the server with credentials. Not called for requests without Origin.
  std::function<bool(std::string_view origin)> allow_origin{};
};

}  // namespace guildhall::socketio::engine
