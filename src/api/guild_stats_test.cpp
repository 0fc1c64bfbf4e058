#include "api/guild_stats.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using database::CommandUse;

const base::Timestamp stats_now{std::chrono::milliseconds(1'769'862'896'789)};  // 2026-01-31 12:34:56.789
const long long stats_today = database::day_of(stats_now);

CommandUse command_use(std::uint64_t command, long long day, long long uses) {
  return {base::GuildId{1}, day, base::CommandId{command}, uses, 0, {}, {}};
}

TEST(GuildStats, HaveEachDayAndTheMostUsedCommandFirst) {
  auto failed = command_use(7, stats_today, 2);
  failed.failures = 1;
  failed.last_failure_at = stats_now;
  failed.last_failure = "No \"rights\"";
  const std::vector uses{command_use(7, stats_today - 2, 1), command_use(8, stats_today - 2, 9), failed};
  const auto json = encode_guild_stats(uses, stats_now, 3);
  EXPECT_EQ(json, R"({"timeZone":"UTC","days":[{"day":"2026-01-29","uses":10,"failures":0},)"
                  R"({"day":"2026-01-30","uses":0,"failures":0},{"day":"2026-01-31","uses":2,"failures":1}],)"
                  R"("commands":[{"commandId":"8","uses":9,"failures":0,"lastFailureAt":null,"lastFailure":null},)"
                  R"({"commandId":"7","uses":3,"failures":1,"lastFailureAt":"2026-01-31T12:34:56.789Z",)"
                  R"("lastFailure":"No \"rights\""}]})");
  EXPECT_EQ(fault_of(guild_stats_schema(), json), "valid");
}

TEST(GuildStats, AFailureThatIsOlderIsNotTheLast) {
  auto later = command_use(7, stats_today, 1);
  later.last_failure_at = stats_now;
  later.last_failure = "later";
  auto earlier = command_use(7, stats_today - 1, 1);
  earlier.last_failure_at = stats_now - std::chrono::hours(24);
  earlier.last_failure = "earlier";
  const auto json = encode_guild_stats(std::vector{later, earlier}, stats_now, 2);
  EXPECT_NE(json.find(R"("lastFailure":"later")"), std::string::npos);
}

TEST(GuildStats, WithoutUsesTheyHaveDaysAlone) {
  const auto json = encode_guild_stats({}, stats_now, 1);
  EXPECT_EQ(json, R"({"timeZone":"UTC","days":[{"day":"2026-01-31","uses":0,"failures":0}],"commands":[]})");
}

TEST(GuildStats, AUseOfTomorrowIsNoDayOfTheirs) {
  const auto json = encode_guild_stats(std::vector{command_use(7, stats_today + 1, 5)}, stats_now, 1);
  EXPECT_NE(json.find(R"("days":[{"day":"2026-01-31","uses":0,"failures":0}])"), std::string::npos);
}

TEST(GuildStats, AreOfOneToNinetyDays) {
  EXPECT_EQ(parse_stats_days({}).value(), 30);
  EXPECT_EQ(parse_stats_days({{"days", "90"}}).value(), 90);
  for (const auto* days : {"0", "91", "-1", "x", "1.5"}) {
    const auto parsed = parse_stats_days({{"days", days}});
    ASSERT_FALSE(parsed) << days;
    EXPECT_EQ(parsed.error().field, "/days");
  }
  EXPECT_FALSE(parse_stats_days({{"days", "1"}, {"days", "2"}}));
}

}  // namespace
}  // namespace guildhall::api
