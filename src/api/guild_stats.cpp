#include "api/guild_stats.hpp"

#include <algorithm>
#include <boost/describe/class.hpp>
#include <map>
#include <optional>
#include <tuple>

#include "api/query.hpp"
#include "api/resource.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

constexpr std::int64_t default_days = 30;
constexpr std::int64_t max_days = 90;

struct DayUse {
  std::string day;
  long long uses = 0;
  long long failures = 0;
};
BOOST_DESCRIBE_STRUCT(DayUse, (), (day, uses, failures))

struct CommandTotal {
  base::CommandId command_id;
  long long uses = 0;
  long long failures = 0;
  std::optional<base::Timestamp> last_failure_at;
  std::optional<std::string> last_failure;
};
BOOST_DESCRIBE_STRUCT(CommandTotal, (), (command_id, uses, failures, last_failure_at, last_failure))

Schema failed_uses() { return integer().describe("How many of these failed."); }

constexpr auto day_use_fields =
    resource<DayUse>(Field<&DayUse::day>{[] { return text().describe("`YYYY-MM-DD`."); }},
                     Field<&DayUse::uses, JsonNumber>{integer}, Field<&DayUse::failures, JsonNumber>{failed_uses});

constexpr auto command_total_fields = resource<CommandTotal>(
    Field<&CommandTotal::command_id>{[] { return id().describe("Perhaps of a command that was deleted."); }},
    Field<&CommandTotal::uses, JsonNumber>{integer}, Field<&CommandTotal::failures, JsonNumber>{failed_uses},
    Field<&CommandTotal::last_failure_at>{[] { return time().nullable(); }},
    Field<&CommandTotal::last_failure>{[] { return nullable_text().describe("Why it failed the last time."); }});

const Schema& stats_query_schema() {
  static const Schema schema = object({optional("days", integer().range(1, max_days).otherwise(default_days))}).open();
  return schema;
}

std::string date_of(long long day) {
  return base::to_iso8601(base::Timestamp{std::chrono::days(day)}).substr(0, std::string_view("YYYY-MM-DD").size());
}

/// Every day of the time, also those without a use; the oldest is the first.
std::vector<DayUse> by_day(std::span<const database::CommandUse> uses, long long first, long long days) {
  std::vector<DayUse> all(static_cast<std::size_t>(days));
  for (long long i = 0; i < days; ++i) all[static_cast<std::size_t>(i)].day = date_of(first + i);
  for (const auto& use : uses) {
    if (use.day < first || use.day >= first + days) continue;  // The clock is behind that of another process.
    auto& day = all[static_cast<std::size_t>(use.day - first)];
    day.uses += use.uses;
    day.failures += use.failures;
  }
  return all;
}

/// The most used command is the first.
std::vector<CommandTotal> by_command(std::span<const database::CommandUse> uses) {
  std::map<base::CommandId, CommandTotal> totals;
  for (const auto& use : uses) {
    auto& total = totals[use.command_id];
    total.command_id = use.command_id;
    total.uses += use.uses;
    total.failures += use.failures;
    if (!use.last_failure_at || (total.last_failure_at && *use.last_failure_at < *total.last_failure_at)) continue;
    total.last_failure_at = use.last_failure_at;
    total.last_failure = use.last_failure;
  }
  std::vector<CommandTotal> all;
  all.reserve(totals.size());
  for (auto& [command, total] : totals) all.push_back(std::move(total));
  std::ranges::stable_sort(all, std::ranges::greater{}, &CommandTotal::uses);
  return all;
}

}  // namespace

base::Result<long long> parse_stats_days(const net::FormFields& query) {
  const auto given = read_query(stats_query_schema(), query);
  if (!given) return given.error();
  const auto* days = given->if_contains("days");
  return static_cast<long long>(days == nullptr ? default_days : days->as_int64());
}

std::vector<Parameter> stats_parameters() {
  return {query_parameter(stats_query_schema(), "days", "How many days, today included; 30 if absent.", 30)};
}

const Schema& guild_stats_schema() {
  static const Schema schema =
      object(
          {
              required("timeZone", text().describe("Where the days begin and end.")),
              required("days",
                       list(object(day_use_fields.output()).named("DayUse")).describe("Each day, the oldest first.")),
              required("commands", list(object(command_total_fields.output()).named("CommandUse"))
                                       .describe("Those that were used, the most used first.")),
          })
          .named("GuildStats");
  return schema;
}

std::string encode_guild_stats(std::span<const database::CommandUse> uses, base::Timestamp now, long long days) {
  std::string out;
  ObjectWriter writer(out);
  writer.text("timeZone", "UTC");
  append_json_array(writer.open("days"), by_day(uses, database::day_of(now) - days + 1, days),
                    [](std::string& json, const DayUse& day) { day_use_fields.append(json, day); });
  append_json_array(writer.open("commands"), by_command(uses),
                    [](std::string& json, const CommandTotal& total) { command_total_fields.append(json, total); });
  writer.close();
  return out;
}

}  // namespace guildhall::api
