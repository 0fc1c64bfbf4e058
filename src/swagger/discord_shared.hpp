#pragma once

#include "swagger/schema.hpp"

namespace guildhall::swagger {

/// What buttons and select menus have in common.
[[nodiscard]] Schema custom_id();
[[nodiscard]] Schema component_id();
/// guildhall's own, which Discord never sees: whether only the caller of the command may use it, and for how long.
[[nodiscard]] Schema only_caller();
[[nodiscard]] Schema expires_after();
/// A partial emoji: a Unicode emoji by its name, or a custom one by its id.
[[nodiscard]] const Schema& emoji_schema();

}  // namespace guildhall::swagger
