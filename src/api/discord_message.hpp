#pragma once

#include "schema/schema.hpp"

namespace guildhall::api {

/// An embed as Discord accepts it in a new message, with Discord's own names
/// (https://discord.com/developers/docs/resources/message#embed-object).
[[nodiscard]] const schema::Schema& embed_schema();

/// How many characters of a valid embed count towards the limit of a message.
[[nodiscard]] std::size_t embed_text_length(const boost::json::value& embed);

/// The rule that the texts of all embeds of a message have at most 6000 characters together. `message` is valid
/// otherwise, and may have no `embeds`.
[[nodiscard]] std::optional<schema::Fault> check_embeds_length(const boost::json::value& message);

/// A command's response: what Discord would accept for a new message
/// (https://discord.com/developers/docs/resources/message#create-message), of it content, embeds and components.
/// Validating brings it into the form `{"content": string or null, "embeds": [...], "components": [...]}`.
[[nodiscard]] const schema::Schema& command_response_schema();

}  // namespace guildhall::api
