#pragma once

#include <span>
#include <string>
#include <string_view>

#include "database/models/session_stores.hpp"
#include "database/models/user.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

[[nodiscard]] const schema::Schema& user_schema();
[[nodiscard]] std::string encode(const database::User& user);

[[nodiscard]] const schema::Schema& sessions_schema();
/// `current` is the id of the session that asks.
[[nodiscard]] std::string encode(std::span<const database::Session> sessions, std::string_view current);

}  // namespace guildhall::api
