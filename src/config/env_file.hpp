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
  std::size_t line = 0;  ///< The first line, from 1.
};

/// Parses the format of the npm package dotenv: `NAME=value`, optionally after `export`; bare values (up to a `#` or
/// the end of the line, without surrounding white space) or values in single, double or back quotes (which may span
/// lines; in double quotes `\n` and `\r` are line ends); `#` starts a comment. For a malformed line, at which dotenv
/// would guess, throws Error with `file` and the line's number, never with its text.
[[nodiscard]] std::vector<EnvFileEntry> parse_env_file(std::string_view text, std::string_view file);

}  // namespace guildhall::config
