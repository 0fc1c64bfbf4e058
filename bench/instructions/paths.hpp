#pragma once

namespace guildhall::bench {

/// Each does its work `warm_up` times uncounted and then `operations` times counted. Nothing depends on chance, nor on
/// the time but for a comparison or two. They throw where something does not work.

/// GET /api/users/me with a session token that has come before, from the bytes of the request to the bytes of the
/// answer: reading, routing, whether the token is good and the session goes on, the person's row, JSON, the head. All
/// from memory, as it mostly is.
void answer_me(unsigned warm_up, unsigned operations);

/// A MESSAGE_CREATE from the event bus into the sockets of 200 dashboards: encoded once, framed, handed to each.
void broadcast_event(unsigned warm_up, unsigned operations);

/// What a dashboard's WebSocket may send, from masked frames to packets: a pong, two events, one of them with an
/// acknowledgement asked for, an acknowledgement, and an event with an attachment.
void parse_packets(unsigned warm_up, unsigned operations);

/// A MESSAGE_CREATE from a compressed message of the gateway to what the bot makes of it: each fourth asks for a custom
/// command, and is refused for its author's cooldown. Nobody watches the events.
void dispatch_message(unsigned warm_up, unsigned operations);

/// A message that asks for a custom command, to the JSON of the request to Discord: content and an embed with arguments
/// in them.
void render_response(unsigned warm_up, unsigned operations);

}  // namespace guildhall::bench
