#pragma once

#include <optional>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::sim {

/// The style sheet, script or picture of that name that is part of the program; nothing if there is none.
[[nodiscard]] std::optional<net::Response> find_asset(std::string_view name);

}  // namespace guildhall::sim
