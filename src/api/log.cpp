#include "api/log.hpp"

#include <charconv>

#include "api/errors.hpp"
#include "api/resource.hpp"
#include "schema/format.hpp"
#include "schema/schema_node.hpp"

namespace guildhall::api {
using namespace schema;
namespace json = boost::json;

namespace {

using base::LogLevel;
using database::Log;

constexpr std::size_t max_source = 64;
constexpr std::int64_t max_logs = 200;
constexpr std::int64_t max_id = (1LL << 53U) - 1;

/// The names that older dashboards have for the levels.
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

/// An id that is a number in JSON.
struct NumberId {
  static void append(std::string& out, database::LogId id) { out += id.to_string(); }
};

constexpr auto log_fields = resource<Log>(
    Field<&Log::id, NumberId>{[] { return integer().describe("Later entries have higher ids."); }},
    Field<&Log::level>{log_level_schema}, Field<&Log::source>{[] {
      return text().describe(
          "The part that logs: `app`, `web`, `db`, `discord`, `gateway`, `bot`, `command`, `scripts`, `socket` or "
          "`log`.");
    }},
    Field<&Log::message>{[] { return text().describe("One line, followed by values as `name=value`."); }},
    Field<&Log::timestamp>{[] { return text().format(format::date_time); }},
    Field<&Log::stacktrace>{[] { return text().describe("Where an unexpected exception was thrown."); }, Input::none,
                            WhenEmpty::absent},
    Computed<Log>{"log_type",
                  [] {
                    return choice({"error", "warning", "info", "default"});
                  },
                  [](std::string& out, const Log& log) { append_value(out, log_type(log.level)); }},
    Computed<Log>{"log_time", [] { return text().describe("`YYYY-MM-DD hh:mm:ss.mmm`, UTC."); },
                  [](std::string& out, const Log& log) { append_value(out, base::to_log_time(log.timestamp)); }});

std::uint64_t to_unsigned(const json::value& number) { return static_cast<std::uint64_t>(number.as_int64()); }

/// A value of a query as its schema wants it: digits become a number where the schema is of one.
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
      object({
                 optional("level", log_level_schema()),
                 optional("source", text().length(1, max_source)),
                 optional("before", integer().range(0, max_id)),
                 optional("limit", integer().range(1, max_logs).otherwise(static_cast<std::int64_t>(LogQuery().limit))),
             })
          .open();
  return schema;
}

base::Result<LogQuery> parse_log_query(const std::vector<std::pair<std::string, std::string>>& query) {
  json::object fields;
  for (const auto& [name, text] : query) {
    if (text.empty() || log_query_schema().node().find(name) == nullptr) continue;
    if (fields.contains(name)) return base::invalid("/" + name, std::string(errors::field_repeated.sentence));
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

std::vector<Parameter> log_query_parameters() {
  const auto parameter = [](std::string_view name, std::string_view description, json::value example) {
    return query_parameter(name, description, log_query_schema().node().find(name)->schema, std::move(example));
  };
  return {parameter("level", "This level and the more severe ones; all levels if absent.", "warn"),
          parameter("source", "One part alone; all parts if absent.", "web"),
          parameter("before", "Entries with a lower id: `next` of the page before.", 140123456700000),
          parameter("limit", "How many entries at most.", 50)};
}

const Schema& log_page_schema() {
  static const Schema schema =
      object({
                 required("logs", list(object(log_fields.output()).named("Log"))),
                 required("next", integer().nullable().describe("`before` of the next page; null on the last one.")),
             })
          .named("LogPage");
  return schema;
}

std::string encode(const Log& log) { return log_fields.encode(log); }

std::string encode_log_page(const std::vector<database::Log>& logs, std::optional<database::LogId> next) {
  std::string out;
  ObjectWriter writer(out);
  append_json_array(writer.open("logs"), logs, [](std::string& json, const Log& log) { log_fields.append(json, log); });
  writer.json("next", next ? next->to_string() : "null").close();
  return out;
}

}  // namespace guildhall::api
