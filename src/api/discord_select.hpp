#pragma once

#include "schema/schema.hpp"

namespace guildhall::api {

/// Discord's select menus, by component type: 3 with options of its own; 5, 6, 7 and 8 filled by Discord.
[[nodiscard]] const schema::Schema& string_select_schema();
[[nodiscard]] const schema::Schema& user_select_schema();
[[nodiscard]] const schema::Schema& role_select_schema();
[[nodiscard]] const schema::Schema& mentionable_select_schema();
[[nodiscard]] const schema::Schema& channel_select_schema();

}  // namespace guildhall::api
