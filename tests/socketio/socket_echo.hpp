#pragma once

#include "socketio/server.hpp"

namespace guildhall::echo {

/// What the published suite asks for, in the namespaces `/` and `/custom`: a connection is told its `auth`, `message`
/// is sent back as `message-back`, `message-with-ack` is acknowledged with what it brought. And more, in `/`:
///
/// | event | does |
/// |---|---|
/// | `join`, a room | |
/// | `broadcast`, `{to?: [], except?: [], volatile?: true}`, what | `news`, what, to those |
/// | `ask`, milliseconds, what | `question`, what, with an acknowledgement; then `answer`, and the answer or the error
/// | | `leave`, close | ends the socket, or the connection | | `flood` | ten megabytes |
///
/// `left`, an id, a reason, goes to the room `door` when a socket ends. `/private` wants `auth.token` to be `secret`.
void listen(socketio::Server& server);

}  // namespace guildhall::echo
