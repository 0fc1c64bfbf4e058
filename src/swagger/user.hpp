#pragma once

#include <string>

#include "database/models/user.hpp"
#include "swagger/schema.hpp"

namespace guildhall::swagger {

[[nodiscard]] const Schema& user_schema();
[[nodiscard]] std::string encode(const database::User& user);

}  // namespace guildhall::swagger
