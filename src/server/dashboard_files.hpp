#pragma once

#include <string_view>

#include "server/static_files.hpp"

namespace guildhall::server {

/// A file of the dashboard, which web/ is built into; null if there is none of that name. `index.html` is every page.
[[nodiscard]] const Asset* find_dashboard_file(std::string_view name);

}  // namespace guildhall::server
