#pragma once

#include <span>
#include <string>
#include <string_view>

#include "database/models/session_stores.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

[[nodiscard]] const schema::Schema& sessions_schema();
/// `current` is the id of the session that asks.
[[nodiscard]] std::string encode(std::span<const database::Session> sessions, std::string_view current);

}  // namespace guildhall::api
