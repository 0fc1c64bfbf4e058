#pragma once

#include "sim/rest/message_form.hpp"
#include "sim/simulation.hpp"

/// The bot's responses to an interaction: messages in its channel.
namespace guildhall::sim {

/// Posts the response to `interaction`: for a command a message that names the caller, for a component a reply to its
/// message. Throws Unknown Channel if its channel has been deleted.
const Message& post_answer(Simulation& sim, const Interaction& interaction, MessageForm form);

/// Posts "is thinking…", which the first edit or follow-up replaces. Only the flags of the form count.
const Message& post_thinking(Simulation& sim, const Interaction& interaction, const MessageForm& form);

/// Posts a follow-up message. If the response is still "thinking", it becomes this message instead.
const Message& post_follow_up(Simulation& sim, Interaction& interaction, MessageForm form);

}  // namespace guildhall::sim
