#pragma once

#include <string_view>

#include "server/static_files.hpp"

namespace guildhall::server {

/// A file of Swagger UI; null if there is none of that name.
[[nodiscard]] const Asset* find_docs_asset(std::string_view name);

}  // namespace guildhall::server
