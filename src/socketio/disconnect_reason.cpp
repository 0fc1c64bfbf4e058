#include "socketio/disconnect_reason.hpp"

namespace guildhall::socketio {

std::string_view to_string(DisconnectReason reason) {
  switch (reason) {
    case DisconnectReason::transport_close: return "transport close";
    case DisconnectReason::transport_error: return "transport error";
    case DisconnectReason::ping_timeout: return "ping timeout";
    case DisconnectReason::parse_error: return "parse error";
    case DisconnectReason::forced_close: return "forced close";
    case DisconnectReason::server_shutting_down: return "server shutting down";
    case DisconnectReason::client_namespace_disconnect: return "client namespace disconnect";
    case DisconnectReason::server_namespace_disconnect: return "server namespace disconnect";
  }
  return "";
}

}  // namespace guildhall::socketio
