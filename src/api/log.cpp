#include "api/log.hpp"

#include <charconv>

#include "schema/format.hpp"
#include "schema/json_writer.hpp"
#include "schema/schema_node.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;

namespace {

using base::LogLevel;

constexpr std::size_t longest_source = 64;
constexpr std::int64_t most_logs = 200;
constexpr std::int64_t highest_id = (1LL << 53U) - 1;

/// What older dashboards call the levels.
std::string_view log_type(LogLevel level) {
  switch (level) {
    case LogLevel::error: return "error";
    case LogLevel::warn: return "warning";
    case LogLevel::info: return "info";
    case LogLevel::http:
    case LogLevel::debug: break;
  }
  return "default";
}

Schema log_level_schema() { return choice({"error", "warn", "info", "http", "debug"}); }

Schema log_schema() {
  return object({
                    required("id", integer().describe("Higher for what was logged later.")),
                    required("level", log_level_schema()),
                    required("source", text().describe("The part that speaks: `app`, `web`, `db`, `discord`, "
                                                       "`gateway`, `bot`, `command`, `scripts`, `socket` or `log`.")),
                    required("message", text().describe("One line, with the values beside it as `name=value`.")),
                    required("timestamp", text().format(format::date_time)),
                    optional("stacktrace", text().describe("Where an unexpected exception was thrown.")),
                    required("log_type", choice({"error", "warning", "info", "default"})),
                    required("log_time", text().describe("`YYYY-MM-DD hh:mm:ss.mmm`, UTC.")),
                })
      .named("Log");
}

std::uint64_t to_unsigned(const json::value& number) { return static_cast<std::uint64_t>(number.as_int64()); }

/// A value of a query in the form that its schema is about: digits are a number where one is meant.
json::value value_of(std::string_view name, const std::string& text) {
  if (name != "before" && name != "limit") return json::value(text);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return json::value(text);
  return number;
}

}  // namespace

const Schema& log_query_schema() {
  static const Schema schema =
      object(
          {
              optional("level", log_level_schema()),
              optional("source", text().length(1, longest_source)),
              optional("before", integer().range(0, highest_id)),
              optional("limit", integer().range(1, most_logs).otherwise(static_cast<std::int64_t>(LogQuery().limit))),
          })
          .open();
  return schema;
}

base::Result<LogQuery> parse_log_query(const std::vector<std::pair<std::string, std::string>>& query) {
  json::object fields;
  for (const auto& [name, text] : query) {
    if (text.empty() || log_query_schema().node().find(name) == nullptr) continue;
    if (fields.contains(name)) return base::invalid("/" + name, "Must be there once.");
    fields[name] = value_of(name, text);
  }
  json::value value = std::move(fields);
  if (const auto valid = log_query_schema().validate(value); !valid) return valid.error();

  LogQuery parsed;
  const json::object& valid = value.as_object();
  if (const auto* level = valid.if_contains("level")) parsed.level = base::parse_log_level(level->as_string());
  if (const auto* source = valid.if_contains("source")) parsed.source = std::string(source->as_string());
  if (const auto* before = valid.if_contains("before")) parsed.before = database::LogId{to_unsigned(*before)};
  if (const auto* limit = valid.if_contains("limit")) parsed.limit = to_unsigned(*limit);
  return parsed;
}

const Schema& log_page_schema() {
  static const Schema schema =
      object({
                 required("logs", list(log_schema())),
                 required("next", integer().nullable().describe("`before` of the next page; null on the last one.")),
             })
          .named("LogPage");
  return schema;
}

void append_json(std::string& out, const database::Log& log) {
  ObjectWriter writer(out);
  writer.json("id", log.id.to_string())
      .text("level", to_string(log.level))
      .text("source", log.source)
      .text("message", log.message)
      .time("timestamp", log.timestamp);
  if (log.stacktrace) writer.text("stacktrace", *log.stacktrace);
  writer.text("log_type", log_type(log.level)).text("log_time", base::to_log_time(log.timestamp)).close();
}

std::string encode(const database::Log& log) {
  std::string out;
  append_json(out, log);
  return out;
}

std::string encode_log_page(const std::vector<database::Log>& logs, std::optional<database::LogId> next) {
  std::string out;
  ObjectWriter writer(out);
  append_json_array(writer.open("logs"), logs,
                    [](std::string& json, const database::Log& log) { append_json(json, log); });
  writer.json("next", next ? next->to_string() : "null").close();
  return out;
}

}  // namespace guildhall::api
