#pragma once

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// What a script says: a message as Discord takes it for the answer to an interaction
/// (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object), of it
/// content, embeds, components, allowed_mentions, tts and flags.
[[nodiscard]] const schema::Schema& script_message_schema();

/// What a script changes about a message. What is not there stays; null, and what is empty, takes away.
[[nodiscard]] const schema::Schema& script_edit_schema();

/// Takes away what messages that Discord sends have beyond what it takes, so that a script may send again what it got,
/// and gives `onlyCaller` and `expiresAfter` their names where a script's library has called them otherwise.
/// `message` may be anything.
void tidy_script_message(boost::json::object& message);

/// What these schemas find at fault, as Discord would have refused it (Discord: topics/opcodes-and-status-codes, JSON
/// Error Codes).
[[nodiscard]] base::Error as_discord_refuses(base::Error fault);

}  // namespace guildhall::api
