#pragma once

#include <string>

#include "sim/oauth/authorize.hpp"

namespace guildhall::sim {

/// The dialog in which one of the world's users allows or denies what an application asks for.
[[nodiscard]] std::string authorize_page(const World& world, const AuthorizeRequest& request);

/// Tells a user why there is nothing to approve.
[[nodiscard]] std::string error_page(std::string_view message);

}  // namespace guildhall::sim
