#pragma once

#include "sim/rest/api_route.hpp"

/// The application's commands: everywhere, or in the guild that the path names.
namespace guildhall::sim {

[[nodiscard]] net::Response list_commands(const ApiCall& call);
/// Puts the command in the place of one with its name.
[[nodiscard]] net::Response create_command(const ApiCall& call);
[[nodiscard]] net::Response overwrite_commands(const ApiCall& call);
[[nodiscard]] net::Response get_command(const ApiCall& call);
[[nodiscard]] net::Response edit_command(const ApiCall& call);
[[nodiscard]] net::Response delete_command(const ApiCall& call);

}  // namespace guildhall::sim
