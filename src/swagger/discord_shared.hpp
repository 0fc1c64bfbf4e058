#pragma once

#include "swagger/schema.hpp"

namespace guildhall::swagger {

/// What buttons and select menus have in common.
[[nodiscard]] Schema custom_id();
[[nodiscard]] Schema component_id();
/// A partial emoji: a Unicode emoji by its name, or a custom one by its id.
[[nodiscard]] const Schema& emoji_schema();

}  // namespace guildhall::swagger
