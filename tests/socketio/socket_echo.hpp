#pragma once

#include "socketio/server.hpp"

namespace guildhall::echo {

/// The server that the official test suite expects, in the namespaces `/` and `/custom`: it sends a connection its
/// `auth`, returns `message` as `message-back` and acknowledges `message-with-ack` with its arguments. In `/` it also
/// has:
///
/// | event | does |
/// |---|---|
/// | `join`, a room | |
/// | `broadcast`, `{to?: [], except?: [], volatile?: true}`, what | `news`, what, to those |
/// | `ask`, milliseconds, what | `question`, what, with an acknowledgement; then `answer`, and the answer or the error
/// | | `leave`, close | ends the socket, or the connection | | `flood` | ten megabytes |
///
/// `left`, an id, a reason, goes to the room `door` when a socket ends. `/private` requires `auth.token` to be
/// `secret`.
void listen(socketio::Server& server);

}  // namespace guildhall::echo
