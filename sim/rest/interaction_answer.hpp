#pragma once

#include "sim/rest/message_form.hpp"
#include "sim/simulation.hpp"

/// What the bot makes of an interaction: messages in its channel.
namespace guildhall::sim {

/// Posts a message that answers `interaction`: to a command what says who called it, to a component a reply to its
/// message. Unknown Channel where its channel has gone.
[[nodiscard]] DiscordResult<const Message*> post_answer(Simulation& sim, const Interaction& interaction,
                                                        MessageForm form);

/// Posts "is thinking…", which the first edit or follow-up replaces. Of the form only the flags count.
[[nodiscard]] DiscordResult<const Message*> post_thinking(Simulation& sim, const Interaction& interaction,
                                                          const MessageForm& form);

/// Posts one more message, below the answer. Where that is still "thinking", it becomes this message instead.
[[nodiscard]] DiscordResult<const Message*> post_follow_up(Simulation& sim, Interaction& interaction, MessageForm form);

}  // namespace guildhall::sim
