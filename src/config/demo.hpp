#pragma once

#include <filesystem>
#include <string_view>

#include "config/environment.hpp"

namespace guildhall::config {

/// What `--demo` means: every Discord variable that is unset points at a discord-sim at `simulator` with the
/// credentials of its own world, and an unset JWT_SECRET is kept in `data`/jwt_secret, see jwt_secret_file.hpp.
/// DISCORD_API_URL and what derives from it follow the simulator. Throws Error where the secret cannot be kept.
void apply_demo(Environment& environment, const std::filesystem::path& data = "./data",
                std::string_view simulator = "http://127.0.0.1:8090");

}  // namespace guildhall::config
