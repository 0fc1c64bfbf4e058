#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>

namespace guildhall::socketio::engine {

/// Limits for sockets until `Socket::admit` is called: what anybody may use.
struct UnadmittedLimits {
  std::size_t max_payload = 16 * 1024;  ///< As Options::max_payload.
  std::size_t max_unsent = 16 * 1024;   ///< As Options::max_unsent.
  std::size_t max_sockets = 2'000;      ///< For one more, the oldest is closed.
  /// The same of one net::client_network().
  std::size_t max_sockets_per_client = 1'000;
};

/// Defaults are the official server's.
struct Options {
  std::chrono::milliseconds ping_interval{25'000};
  std::chrono::milliseconds ping_timeout{20'000};
  std::chrono::milliseconds upgrade_timeout{10'000};
  std::size_t max_payload = 1'000'000;   ///< Bytes of one message or one POST: `maxHttpBufferSize`.
  std::size_t max_unsent = 1024 * 1024;  ///< Bytes a client may leave unread before it is closed.
  /// While the messages of all servers in the process exceed `max_total_unsent` bytes, those kept for recovery
  /// included, a client may leave only `max_unsent_over_total` bytes unread. A message to many clients counts once.
  std::size_t max_total_unsent = 64 * 1024 * 1024;
  std::size_t max_unsent_over_total = 16 * 1024;
  std::size_t max_sockets = 20'000;  ///< Open sockets; further handshakes are answered with 503.
  bool per_message_deflate = false;
  std::optional<UnadmittedLimits> unadmitted{};  ///< Without it, every socket is admitted from the start.
  /// Decides whether pages of an origin may use the server with credentials. Not called for requests without Origin.
  std::function<bool(std::string_view origin)> allow_origin{};
  /// Whether requests of other origins get 403. Otherwise their pages cannot read the responses, and the application
  /// looks at Socket::carrier.
  bool refuse_other_origins = true;
};

}  // namespace guildhall::socketio::engine
