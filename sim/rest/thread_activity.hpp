#pragma once

#include "sim/simulation.hpp"

/// What messages do to the thread that they are in; nothing where they are in none.
namespace guildhall::sim {

/// Before a message is stored: opens an archived thread, adds the author to its members, counts the message.
void note_message_in_thread(Simulation& sim, const Message& message);
/// After messages were removed.
void note_messages_removed(Simulation& sim, ChannelId channel, int count);

}  // namespace guildhall::sim
