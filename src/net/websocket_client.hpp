#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "net/task.hpp"

namespace guildhall::net {

class Proxy;
class WebSocket;
class WebSocketLoop;

struct WebSocketClientOptions {
  std::string user_agent{};
  std::chrono::milliseconds connect_timeout{10'000};  ///< For name resolution, TCP, TLS and the handshake together.
  std::size_t max_message = 1024 * 1024;              ///< In bytes; a larger message closes the WebSocket.
  std::shared_ptr<const Proxy> proxy{};               ///< For wss; null for none.
};

/// Connects to `url` (ws or wss) and performs the handshake (RFC 6455 section 4.1), without extensions. Certificates
/// and host names are verified as by HttpClient. The caller starts the WebSocket. Call on the loop's event loop.
///
/// Errors: Errc::invalid if `url` is malformed, Errc::unavailable if no connection could be made or the server cannot
/// serve it now, Errc::timed_out, Errc::refused if the server refused, Errc::bad_upstream if its certificate is not
/// trusted or its response is invalid. The message names the host and the cause, not the rest of the URL.
[[nodiscard]] Task<base::Result<std::shared_ptr<WebSocket>>> connect_websocket(std::shared_ptr<WebSocketLoop> loop,
                                                                               std::string url,
                                                                               WebSocketClientOptions options);

}  // namespace guildhall::net
