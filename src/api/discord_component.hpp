#pragma once

#include "schema/schema.hpp"

namespace guildhall::api {

/// What may stand at the top of `components`: a row of buttons or a row of one select menu, as Discord takes it when a
/// message is made, with Discord's own names (https://discord.com/developers/docs/components/reference#action-row).
[[nodiscard]] const schema::Schema& top_component_schema();

/// The rule that within all rows of a message each `custom_id`, and each `id` but 0, is there once. `rows` are valid
/// by themselves.
[[nodiscard]] std::optional<schema::Fault> check_unique_ids(const boost::json::value& rows);

}  // namespace guildhall::api
