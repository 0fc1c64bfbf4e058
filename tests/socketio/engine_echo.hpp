#pragma once

#include <memory>

#include "socketio/engine/socket.hpp"

namespace guildhall::echo {

/// Returns each message unchanged. A text `close` makes the server close the socket; `flood` makes it send ten
/// megabytes.
[[nodiscard]] std::shared_ptr<socketio::engine::SocketListener> listen(
    std::shared_ptr<socketio::engine::Socket> socket);

}  // namespace guildhall::echo
