#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "net/http.hpp"

namespace guildhall::net {

/// True where a request asks to go on as a WebSocket, be it well or badly (RFC 6455 section 4.1).
[[nodiscard]] bool asks_for_websocket(const Request& request);

/// Whether a server offers permessage-deflate.
enum class DeflateOffer : bool { no, yes };

/// A server's answer (RFC 6455 section 4.2.2), still without who takes the connection over.
struct WebSocketAnswer {
  Response response;     ///< 101, or 400 or 426 with an empty body.
  bool deflate = false;  ///< permessage-deflate was agreed on.
};

/// The Origin is for the caller to judge.
[[nodiscard]] WebSocketAnswer answer_websocket(const Request& request, DeflateOffer deflate);

/// A client's handshake (RFC 6455 section 4.1): the fields of its request, which offers no extension and no
/// subprotocol. `key`: 16 random bytes in base64.
[[nodiscard]] Headers websocket_request_headers(std::string_view key);

/// Whether a server's answer to that request is one to go on with. Errc::refused where the server said no, with the
/// status in the message; Errc::unavailable where it said so for now (429 or 5xx); Errc::bad_upstream where it agreed
/// in a way that the client must not accept.
[[nodiscard]] base::Result<void> check_websocket_answer(unsigned status, const Headers& headers, std::string_view key);

/// `Sec-WebSocket-Accept` for a `Sec-WebSocket-Key`.
[[nodiscard]] std::string websocket_accept(std::string_view key);

}  // namespace guildhall::net
