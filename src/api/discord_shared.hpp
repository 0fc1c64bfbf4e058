#pragma once

#include "schema/schema.hpp"

namespace guildhall::api {

/// What buttons and select menus have in common.
[[nodiscard]] schema::Schema custom_id();
[[nodiscard]] schema::Schema component_id();
/// guildhall's own, which Discord never sees: whether only the caller of the command may use it, and for how long.
[[nodiscard]] schema::Schema only_caller();
[[nodiscard]] schema::Schema expires_after();
/// A partial emoji: a Unicode emoji by its name, or a custom one by its id.
[[nodiscard]] const schema::Schema& emoji_schema();

}  // namespace guildhall::api
