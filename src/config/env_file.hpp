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
  std::size_t line = 0;         ///< The first line, from 1.
  std::string comment{};        ///< What follows a bare value on its line, from the white space before `#`.
  bool has_variable = false;    ///< Has a `$` that Docker Compose would replace; it is taken as it is.
  bool follows_export = false;  ///< The line begins with `export`.
  std::size_t lines = 1;        ///< How many lines it takes.
};

/// Parses what Docker Compose reads: `NAME=value`, optionally after `export`; bare values (up to a `#` after white
/// space, or the end of the line, without surrounding white space) or values in single, double or back quotes (which
/// may span lines; a backslash protects the quote, and double quotes know the usual escapes); `#` starts a comment.
/// Variables are not replaced. For a malformed line throws Error with `file` and the line's number, never its text.
[[nodiscard]] std::vector<EnvFileEntry> parse_env_file(std::string_view text, std::string_view file);

/// A value of the process's environment.
struct RawValue {
  std::string value;      ///< Without surrounding white space and quotes.
  std::string comment{};  ///< The end of `value` that would be a comment in a file.
};

/// `docker run --env-file` passes on what a line has after `=`, with quotes and comment.
[[nodiscard]] RawValue parse_raw_value(std::string_view text);

}  // namespace guildhall::config
