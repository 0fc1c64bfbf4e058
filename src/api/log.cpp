#include "api/log.hpp"

#include "api/query.hpp"
#include "api/resource.hpp"
#include "schema/format.hpp"

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

base::Result<LogQuery> parse_log_query(const net::FormFields& query) {
  const auto given = read_query(log_query_schema(), query);
  if (!given) return given.error();

  LogQuery parsed;
  if (const auto* level = given->if_contains("level")) parsed.level = base::parse_log_level(level->as_string());
  if (const auto* source = given->if_contains("source")) parsed.source = std::string(source->as_string());
  if (const auto* before = given->if_contains("before")) parsed.before = database::LogId{to_unsigned(*before)};
  if (const auto* limit = given->if_contains("limit")) parsed.limit = to_unsigned(*limit);
  return parsed;
}

std::vector<Parameter> log_query_parameters() {
  const auto parameter = [](std::string_view name, std::string_view description, json::value example) {
    return query_parameter(log_query_schema(), name, description, std::move(example));
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
