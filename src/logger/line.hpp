#pragma once

#include <cstdint>
#include <string>

#include "base/log.hpp"

namespace guildhall::logger {

enum class Colour : std::uint8_t { none, ansi };

/// `Listening url=http://127.0.0.1:8080`: the message and the fields. Whatever a record holds, it stays one line that
/// cannot act on a terminal: control and formatting characters are escaped, values with anything but plain characters
/// are quoted. Texts over 4096 bytes are cut.
[[nodiscard]] std::string message_with_fields(const base::LogRecord& record);

/// `2026-01-31 12:34:56.789 INFO  web: Listening url=http://127.0.0.1:8080` and a line feed, escaped likewise. The
/// lines of a stack trace follow, indented.
[[nodiscard]] std::string text_line(const base::LogRecord& record, Colour colour);

/// `{"time":"2026-01-31T12:34:56.789Z","level":"info","source":"web","message":"Listening","url":"..."}` and a line
/// feed; with `stacktrace` where there is one. Values of fields are strings; a field whose name is taken is called
/// `field_<name>`. Always valid JSON in UTF-8; texts over 4096 bytes are cut.
[[nodiscard]] std::string json_line(const base::LogRecord& record);

}  // namespace guildhall::logger
