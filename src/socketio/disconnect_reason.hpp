#pragma once

#include <cstdint>
#include <string_view>

namespace guildhall::socketio {

/// Why a socket ended, of Socket.IO or of Engine.IO.
enum class DisconnectReason : std::uint8_t {
  transport_close,  ///< The client or the network closed the connection.
  transport_error,  ///< The connection failed, or the client left too many bytes unread.
  ping_timeout,
  parse_error,   ///< The client sent a malformed packet.
  forced_close,  ///< The server closed it: the packet was not allowed, or no namespace was joined in time.
  server_shutting_down,
  client_namespace_disconnect,  ///< Socket.IO only: the client left the namespace.
  server_namespace_disconnect,  ///< Socket.IO only: the server removed the client from the namespace.
};

/// The official server's text, as `disconnect` handlers get it: `transport close`, `ping timeout`, ...
[[nodiscard]] std::string_view to_string(DisconnectReason reason);

}  // namespace guildhall::socketio
