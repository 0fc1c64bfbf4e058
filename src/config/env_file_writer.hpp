#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace guildhall::config {

/// `NAME=value` as all readers of `.env` files take it; see parse_env_file.
[[nodiscard]] std::string env_file_line(std::string_view name, std::string_view value);

/// `text` of a `.env` file with these values: each replaces the last line that sets its name, or one that is commented
/// out as in `.env.example`, or is added at the end. An empty value comments the line out. Everything else stays.
/// Throws Error where `text` is malformed.
[[nodiscard]] std::string edit_env_file(std::string text, const std::map<std::string, std::string>& values);

/// Writes `text` so that readers see the old file or the new one. A new file is for its owner alone; an existing one,
/// or what a link leads to, keeps its owner, group and rights, but for those of others. Throws Error.
void write_env_file(const std::filesystem::path& file, std::string_view text);

}  // namespace guildhall::config
