#pragma once

#include "swagger/schema.hpp"

namespace guildhall::swagger {

/// Discord's select menus, by component type: 3 with options of its own; 5, 6, 7 and 8 filled by Discord.
[[nodiscard]] const Schema& string_select_schema();
[[nodiscard]] const Schema& user_select_schema();
[[nodiscard]] const Schema& role_select_schema();
[[nodiscard]] const Schema& mentionable_select_schema();
[[nodiscard]] const Schema& channel_select_schema();

}  // namespace guildhall::swagger
