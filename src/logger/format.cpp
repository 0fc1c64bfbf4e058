#include "logger/format.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "base/utf8.hpp"

namespace guildhall::logger {
namespace {

constexpr std::size_t max_text = 4096;
constexpr std::size_t max_trace = 16UL * 1024;

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

/// Invisible characters that change how the following text is shown (Unicode's Bidi_Control, line separators, BOM).
bool is_formatting(char32_t c) {
  return c == 0x61C || (c >= 0x200E && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0xFEFF;
}

/// In JSON's notation.
void append_escape(std::string& out, char32_t c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case U'\n': out += "\\n"; return;
    case U'\r': out += "\\r"; return;
    case U'\t': out += "\\t"; return;
    default: break;
  }
  out += "\\u";
  for (const unsigned shift : {12U, 8U, 4U, 0U}) out += digits[(c >> shift) & 0xF];
}

/// `text` with control and formatting characters escaped and a backslash before each character of `specials`. Cut after
/// `max_size` bytes, with `...` in place of the rest.
std::string escape_with(std::string_view text, std::string_view specials, std::size_t max_size) {
  std::string out;
  out.reserve(std::min(text.size(), max_size) + 2);
  while (!text.empty()) {
    if (out.size() >= max_size) return out + "...";
    const std::string_view before = text;
    const auto c = base::take_code_point(text);
    if (!c) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    } else if (is_control(*c) || is_formatting(*c)) {
      append_escape(out, *c);
    } else {
      if (*c < 0x80 && specials.find(static_cast<char>(*c)) != std::string_view::npos) out += '\\';
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

/// A JSON string (RFC 8259), with its quotes.
std::string quote(std::string_view text, std::size_t max_size = max_text) {
  return '"' + escape_with(text, "\"\\", max_size) + '"';
}

std::string_view colour_of(base::LogLevel level) {
  switch (level) {
    case base::LogLevel::error: return "\x1b[31m";
    case base::LogLevel::warn: return "\x1b[33m";
    case base::LogLevel::info: return "\x1b[32m";
    case base::LogLevel::http: return "\x1b[36m";
    case base::LogLevel::debug: break;
  }
  return "\x1b[90m";
}

/// `INFO `: upper case, padded to the widest.
std::string label_of(base::LogLevel level) {
  std::string label(to_string(level));
  for (char& c : label) c = base::to_upper(c);
  label.resize(5, ' ');
  return label;
}

bool is_plain(std::string_view value) {
  return !value.empty() &&
         std::ranges::all_of(value, [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '=' && c != '\\'; });
}

void append_lines(std::string& out, std::string_view indent, std::string_view trace) {
  while (!trace.empty()) {
    out.append(indent).append(cleaned(base::take_until(trace, '\n'))).append("\n");
  }
}

}  // namespace

std::string cleaned(std::string_view text) { return escape_with(text, {}, max_text); }

std::string cleaned_trace(std::string_view trace) {
  std::string text;
  append_lines(text, "", trace.substr(0, max_trace));
  return text;
}

std::string message_with_fields(const base::LogRecord& record) {
  std::string text = cleaned(record.message);
  for (const base::LogField& field : record.fields) {
    text.append(" ").append(cleaned(field.key)).append("=");
    text += is_plain(field.value) ? cleaned(field.value) : quote(field.value);
  }
  return text;
}

std::string text_line(const base::LogRecord& record, Colour colour) {
  const bool coloured = colour == Colour::ansi;
  std::string line = base::to_log_time(record.time);
  line += ' ';
  if (coloured) line += colour_of(record.level);
  line += label_of(record.level);
  if (coloured) line += "\x1b[0m";
  line.append(" ").append(cleaned(record.source));
  line.append(": ").append(message_with_fields(record)).append("\n");
  if (record.stacktrace) append_lines(line, "    ", *record.stacktrace);
  return line;
}

std::string json_line(const base::LogRecord& record) {
  std::vector<std::string> names{"time", "level", "source", "message", "stacktrace"};
  std::string line = "{\"time\":" + quote(base::to_iso8601(record.time));
  line.append(",\"level\":").append(quote(to_string(record.level)));
  line.append(",\"source\":").append(quote(record.source));
  line.append(",\"message\":").append(quote(record.message));
  for (const base::LogField& field : record.fields) {
    std::string name = field.key;
    while (std::ranges::find(names, name) != names.end()) name.insert(0, "field_");
    line.append(",").append(quote(name)).append(":").append(quote(field.value));
    names.push_back(std::move(name));
  }
  if (record.stacktrace) line.append(",\"stacktrace\":").append(quote(*record.stacktrace, max_trace));
  line += "}\n";
  return line;
}

database::Log to_row(const base::LogRecord& record) {
  database::Log row;
  row.id = database::LogId{record.id};
  row.level = record.level;
  row.source = record.source;
  row.message = message_with_fields(record);
  row.timestamp = record.time;
  if (record.stacktrace) row.stacktrace = record.stacktrace->substr(0, max_trace);
  return row;
}

}  // namespace guildhall::logger
