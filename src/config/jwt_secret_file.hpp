#pragma once

#include <filesystem>
#include <string>

namespace guildhall::config {

/// The JWT secret (64 hex digits) that `file` keeps. Where there is no such file one is made with a new secret,
/// readable by its owner alone, and its directory too if need be (mode 0700); of several programs that start at once
/// all get the same secret. Throws Error where the file is readable by others, holds anything else, or cannot be made.
[[nodiscard]] std::string read_or_create_jwt_secret(const std::filesystem::path& file);

}  // namespace guildhall::config
