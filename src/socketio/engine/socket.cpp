#include "socketio/engine/socket.hpp"

namespace guildhall::socketio::engine {

std::string_view to_string(CloseReason reason) {
  switch (reason) {
    case CloseReason::transport_close: return "transport close";
    case CloseReason::transport_error: return "transport error";
    case CloseReason::ping_timeout: return "ping timeout";
    case CloseReason::parse_error: return "parse error";
    case CloseReason::forced_close: return "forced close";
    case CloseReason::server_shutting_down: return "server shutting down";
  }
  return "forced close";
}

}  // namespace guildhall::socketio::engine
