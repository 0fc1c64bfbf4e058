#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "net/task.hpp"

namespace guildhall::net {

class WebSocket;
class WebSocketLoop;

struct WebSocketClientOptions {
  std::string user_agent{};
  std::chrono::milliseconds connect_timeout{10'000};  ///< For name, TCP, TLS and handshake together.
  std::size_t max_message = 1024 * 1024;              ///< Bytes; a larger message ends the WebSocket.
};

/// Connects to `url` (ws or wss) and shakes hands (RFC 6455 section 4.1), without extensions. Certificates and host
/// names are verified as by HttpClient. The WebSocket is still to be started. Call on the loop's event loop.
///
/// Errc::invalid where `url` is none, Errc::unavailable where no connection could be
/// made or the server is not able to serve it now, Errc::timed_out, Errc::refused where the server said no,
/// Errc::bad_upstream where its certificate or its answer is not to be trusted. The message names host and cause, not
/// the rest of the URL.
[[nodiscard]] Task<base::Result<std::shared_ptr<WebSocket>>> connect_websocket(std::shared_ptr<WebSocketLoop> loop,
                                                                               std::string url,
                                                                               WebSocketClientOptions options);

}  // namespace guildhall::net
