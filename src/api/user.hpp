#pragma once

#include <string>

#include "database/models/user.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

[[nodiscard]] const schema::Schema& user_schema();
[[nodiscard]] std::string encode(const database::User& user);

}  // namespace guildhall::api
