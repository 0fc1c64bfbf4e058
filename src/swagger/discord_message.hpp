#pragma once

#include <string>

#include "swagger/schema.hpp"

namespace guildhall::swagger {

/// A command's response: what Discord would accept for making a message
/// (https://discord.com/developers/docs/resources/message#create-message), of it content, embeds and components.
/// Validating brings it into the form `{"content": string or null, "embeds": [...], "components": [...]}`.
[[nodiscard]] const Schema& command_response_schema();

}  // namespace guildhall::swagger
