#pragma once

namespace guildhall::bench {

/// Each path runs `warm_up` times uncounted and then `operations` times counted. Nothing is random or depends on the
/// time, apart from a comparison or two. They throw on any failure.

/// GET /api/users/me with a known session token, from the bytes of the request to the bytes of the response: parsing,
/// routing, token and session, the user's row, JSON, the head. Everything is cached, as is usual.
void answer_me(unsigned warm_up, unsigned operations);

/// A MESSAGE_CREATE from the event bus into the sockets of 200 dashboards: encoded once, framed, handed to each.
void broadcast_event(unsigned warm_up, unsigned operations);

/// Messages of a dashboard's WebSocket, from masked frames to packets: a pong, two events, one of them with an
/// acknowledgement requested, an acknowledgement, and an event with an attachment.
void parse_packets(unsigned warm_up, unsigned operations);

/// A MESSAGE_CREATE from the gateway's compressed message through the bot: every fourth calls a custom command and is
/// refused for its author's cooldown. The event bus has no listeners.
void dispatch_message(unsigned warm_up, unsigned operations);

/// A message that calls a custom command, up to the JSON of the request to Discord: content and an embed with
/// arguments.
void render_response(unsigned warm_up, unsigned operations);

}  // namespace guildhall::bench
