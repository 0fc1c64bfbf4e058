#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/http.hpp"

namespace guildhall::net {

/// Whether a request asks for a WebSocket, validly or not (RFC 6455 section 4.1).
[[nodiscard]] bool asks_for_websocket(const Request& request);

/// Whether a server offers permessage-deflate.
enum class DeflateOffer : bool { no, yes };

/// A server's response (RFC 6455 section 4.2.2), without Response::upgrade.
struct WebSocketAnswer {
  Response response;     ///< 101, or 400 or 426 with an empty body.
  bool deflate = false;  ///< permessage-deflate was agreed on.
};

/// The caller must check the Origin.
[[nodiscard]] WebSocketAnswer answer_websocket(const Request& request, DeflateOffer deflate);

/// The header fields of a client's handshake (RFC 6455 section 4.1), without extensions and subprotocols. `key`: 16
/// random bytes in base64.
[[nodiscard]] Headers websocket_request_headers(std::string_view key);

/// Checks a server's response to that request. Errc::refused if the server refused, with the status in the message;
/// Errc::unavailable if it refused for now (429 or 5xx); Errc::bad_upstream if its handshake is invalid.
[[nodiscard]] base::Result<void> check_websocket_answer(unsigned status, const Headers& headers, std::string_view key);

/// `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`.
[[nodiscard]] std::string websocket_accept(std::string_view key);

}  // namespace guildhall::net
