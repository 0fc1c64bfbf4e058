#pragma once

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// A message of a script: what Discord accepts in the response to an interaction
/// (https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object), of it
/// content, embeds, components, allowed_mentions, tts and flags.
[[nodiscard]] const schema::Schema& script_message_schema();

/// A change of a message by a script. Absent fields stay as they are; null and empty ones remove.
[[nodiscard]] const schema::Schema& script_edit_schema();

/// Removes from embeds and components what we do not know, as Discord ignores it, and the previews of links, so that a
/// script may send a message again that it got; and gives `onlyCaller` and `expiresAfter` their names if a script's
/// library has called them otherwise. `message` may be anything.
void tidy_script_message(boost::json::object& message);

/// A fault that these schemas found, as the error that Discord would have answered with (Discord:
/// topics/opcodes-and-status-codes, JSON Error Codes).
[[nodiscard]] base::Error as_discord_refuses(base::Error fault);

}  // namespace guildhall::api
