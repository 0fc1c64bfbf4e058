#pragma once

#include "schema/schema.hpp"

namespace guildhall::api {

/// An embed as Discord takes it when a message is made, with Discord's own names
/// (https://discord.com/developers/docs/resources/message#embed-object).
[[nodiscard]] const schema::Schema& embed_schema();

/// The most characters in the texts of all embeds of a message together.
inline constexpr std::size_t embeds_text_limit = 6000;

/// How many characters of a valid embed count towards that limit.
[[nodiscard]] std::size_t embed_text_length(const boost::json::value& embed);

}  // namespace guildhall::api
