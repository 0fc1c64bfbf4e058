#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::config {

/// A `NAME=value` of a `.env` file.
struct EnvFileEntry {
  std::string name;
  std::string value;
  std::size_t line = 0;  ///< Where it starts, from 1.
};

/// The entries of a file in the format of the npm package dotenv: `NAME=value`, optionally after `export`; values bare
/// (up to a `#` or the line's end, without the white space around them) or in single, double or back quotes (which may
/// span lines; `\n` and `\r` are line ends in double quotes); `#` starts a comment. Where dotenv guesses at a malformed
/// line, this throws Error with `file` and the line's number, never with the line's text.
[[nodiscard]] std::vector<EnvFileEntry> parse_env_file(std::string_view text, std::string_view file);

}  // namespace guildhall::config
