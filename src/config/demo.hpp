#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "config/environment.hpp"

namespace guildhall::config {

/// Applies `--demo`: unset Discord variables get the credentials and the URL of the discord-sim at `simulator`, from
/// which the other addresses derive, and an unset JWT_SECRET is read from `data`/jwt_secret. Throws Error where that
/// file cannot be used.
void apply_demo(Environment& environment, const std::filesystem::path& data = "./data",
                std::string_view simulator = "http://127.0.0.1:8090");

/// The JWT secret (64 hex digits) in `file`. Where the file is missing, it is created with a new secret, for its owner
/// only (and its directory too, mode 0700); programs that start at the same time get the same secret. Throws Error
/// where others can read the file, where it has any other content, or where it cannot be created.
[[nodiscard]] std::string read_or_create_jwt_secret(const std::filesystem::path& file);

}  // namespace guildhall::config
