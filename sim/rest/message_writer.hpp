#pragma once

#include "sim/rest/message_form.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// Makes a message of the bot from `form`, without posting it. `permissions` are the bot's in the channel:
/// without EMBED_LINKS embeds are dropped, as Discord does; without ATTACH_FILES files are refused.
[[nodiscard]] Message compose_message(Simulation& sim, const Channel& channel, Permissions permissions,
                                      MessageForm form);

/// Throws Empty Message if nothing of it would be visible.
void check_shows_something(const Message& message);

/// Stores a message and publishes it to the gateway. In an archived thread it opens the thread again, and its author
/// becomes a member of it.
const Message& post_message(Simulation& sim, Message&& message);

/// Changes the fields of a message that `form` has, and publishes it to the gateway. Throws Empty Message, without a
/// change, if nothing visible would be left.
void edit_message(Simulation& sim, Message& message, Permissions permissions, MessageForm form);

/// Removes a message and publishes that to the gateway.
void remove_message(Simulation& sim, const Message& message);

}  // namespace guildhall::sim
