#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "database/models/log.hpp"

// Records as text. Whatever a record contains, its text cannot break a line or act on a terminal: control characters,
// line separators and the marks that change the direction of writing become `\n`, `\t`, `\u001b`; invalid UTF-8 becomes
// U+FFFD. Texts are cut after 4096 bytes, stack traces after 16 KB.
namespace guildhall::logger {

enum class Colour : std::uint8_t { none, ansi };

/// A text without what could break a line or act on a terminal, cut as above.
[[nodiscard]] std::string cleaned(std::string_view text);
/// The lines of a stack trace, each cleaned.
[[nodiscard]] std::string cleaned_trace(std::string_view trace);

/// `Listening url=http://127.0.0.1:8080`: the message and the fields, one line. Values that are not one plain word are
/// quoted.
[[nodiscard]] std::string message_with_fields(const base::LogRecord& record);

/// `2026-01-31 12:34:56.789 INFO  web: Listening url=http://127.0.0.1:8080` and a line feed. The lines of a stack trace
/// follow, indented.
[[nodiscard]] std::string text_line(const base::LogRecord& record, Colour colour);

/// `{"time":"2026-01-31T12:34:56.789Z","level":"info","source":"web","message":"Listening","url":"..."}` and a line
/// feed; with `stacktrace` where there is one. Values of fields are strings. A field is renamed to `field_<name>` where
/// its name is taken. Always valid JSON in UTF-8.
[[nodiscard]] std::string json_line(const base::LogRecord& record);

/// The record as a row of table `logs`, and as dashboards get it: the fields are part of the message.
[[nodiscard]] database::Log to_row(const base::LogRecord& record);

}  // namespace guildhall::logger
