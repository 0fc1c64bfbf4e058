#pragma once

#include <string>

#include "schema/schema.hpp"

namespace guildhall::api {

/// A command's response: what Discord would accept for making a message
/// (https://discord.com/developers/docs/resources/message#create-message), of it content, embeds and components.
/// Validating brings it into the form `{"content": string or null, "embeds": [...], "components": [...]}`.
[[nodiscard]] const schema::Schema& command_response_schema();

}  // namespace guildhall::api
