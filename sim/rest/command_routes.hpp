#pragma once

#include "sim/rest/api_route.hpp"

/// The application's commands: global, or of the guild in the path.
namespace guildhall::sim {

[[nodiscard]] net::Response list_commands(const ApiCall& call);
/// Creates the command, or replaces one with the same name.
[[nodiscard]] net::Response create_command(const ApiCall& call);
[[nodiscard]] net::Response overwrite_commands(const ApiCall& call);
[[nodiscard]] net::Response get_command(const ApiCall& call);
[[nodiscard]] net::Response edit_command(const ApiCall& call);
[[nodiscard]] net::Response delete_command(const ApiCall& call);

}  // namespace guildhall::sim
