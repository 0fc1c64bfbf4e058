#include "logger/line.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "logger/escape.hpp"

namespace guildhall::logger {
namespace {

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

/// `INFO `: upper case, as wide as the widest.
std::string label_of(base::LogLevel level) {
  std::string label(to_string(level));
  std::ranges::transform(label, label.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  label.resize(5, ' ');
  return label;
}

bool is_plain(std::string_view value) {
  return !value.empty() &&
         std::ranges::all_of(value, [](char c) { return c > ' ' && c <= '~' && c != '"' && c != '=' && c != '\\'; });
}

/// Each line of `trace` below the one that it belongs to.
void append_indented(std::string& out, std::string_view trace) {
  while (!trace.empty()) {
    const auto end = std::min(trace.find('\n'), trace.size());
    out.append("    ").append(escape(trace.substr(0, end))).append("\n");
    trace.remove_prefix(std::min(end + 1, trace.size()));
  }
}

}  // namespace

std::string message_with_fields(const base::LogRecord& record) {
  std::string text = escape(record.message);
  for (const base::LogField& field : record.fields) {
    text.append(" ").append(escape(field.key)).append("=");
    text += is_plain(field.value) ? escape(field.value) : quote(field.value);
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
  line.append(" ").append(escape(record.source));
  line.append(": ").append(message_with_fields(record)).append("\n");
  if (record.stacktrace) append_indented(line, *record.stacktrace);
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
  if (record.stacktrace) line.append(",\"stacktrace\":").append(quote(*record.stacktrace, longest_trace));
  line += "}\n";
  return line;
}

}  // namespace guildhall::logger
