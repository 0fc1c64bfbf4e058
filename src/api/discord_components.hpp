#pragma once

#include "schema/schema.hpp"

namespace guildhall::api {

/// guildhall's own fields, which Discord never sees: whether only the caller of the command may use a component, and
/// for how long.
[[nodiscard]] schema::Schema only_caller();
[[nodiscard]] schema::Schema expires_after();

/// An item of `components`: a row of buttons or of one select menu, as Discord accepts it in a new message, with
/// Discord's own names (https://discord.com/developers/docs/components/reference#action-row).
[[nodiscard]] const schema::Schema& top_component_schema();

/// The rule that within all rows of a message each `custom_id`, and each `id` but 0, is there once. `message` is valid
/// otherwise, and may have no `components`.
[[nodiscard]] std::optional<schema::Fault> check_unique_ids(const boost::json::value& message);

}  // namespace guildhall::api
