#pragma once

#include "sim/rest/message_form.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// A message of the bot in that channel with what `form` says, still to be posted. `permissions` are the bot's there:
/// without EMBED_LINKS embeds are dropped, as Discord does.
[[nodiscard]] Message compose_message(Simulation& sim, const Channel& channel, Permissions permissions,
                                      MessageForm form);

/// Keeps a message and tells the gateway of it.
const Message& post_message(Simulation& sim, Message message);

/// Changes what `form` names of a message, and tells the gateway. Empty Message, with nothing changed, where there
/// would be nothing left to see.
[[nodiscard]] DiscordResult<void> edit_message(Simulation& sim, Message& message, Permissions permissions,
                                               MessageForm form);

/// Removes a message and tells the gateway.
void remove_message(Simulation& sim, const Message& message);

}  // namespace guildhall::sim
