#include "api/log.hpp"

#include "schema/expect_fault.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

database::Log example() {
  database::Log log;
  log.id = database::LogId{140'123'456'789'012};
  log.level = base::LogLevel::warn;
  log.source = "db";
  log.message = "The database is \"away\"";
  log.timestamp = base::Timestamp(std::chrono::milliseconds(1'769'862'896'789));
  return log;
}

TEST(Log, IsWhatDashboardsRead) {
  EXPECT_EQ(encode(example()),
            R"({"id":140123456789012,"level":"warn","source":"db","message":"The database is \"away\"",)"
            R"("timestamp":"2026-01-31T12:34:56.789Z","log_type":"warning","log_time":"2026-01-31 12:34:56.789"})");
}

TEST(Log, HasAStackTraceWhereThereIsOne) {
  auto log = example();
  log.stacktrace = "at a\nat b\n";
  EXPECT_NE(encode(log).find(R"("stacktrace":"at a\nat b\n")"), std::string::npos);
  EXPECT_EQ(fault_of(log_page_schema(), encode_log_page({log}, std::nullopt)), "valid");
}

TEST(LogPage, SaysWhereTheNextOneGoesOn) {
  const auto log = encode(example());
  EXPECT_EQ(encode_log_page({example()}, example().id), R"({"logs":[)" + log + R"(],"next":140123456789012})");
  EXPECT_EQ(encode_log_page({}, std::nullopt), R"({"logs":[],"next":null})");
}

std::string field_at_fault(const std::vector<std::pair<std::string, std::string>>& query) {
  const auto parsed = parse_log_query(query);
  return parsed ? "none" : parsed.error().field;
}

TEST(LogQuery, IsReadFromItsParameters) {
  const auto query =
      parse_log_query({{"level", "warn"}, {"source", "db"}, {"before", "9007199254740991"}, {"limit", "7"}});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->level, base::LogLevel::warn);
  EXPECT_EQ(query->source, "db");
  EXPECT_EQ(query->before, database::LogId{9'007'199'254'740'991});
  EXPECT_EQ(query->limit, 7U);
}

TEST(LogQuery, TakesWhatIsEmptyOrUnknownForAbsent) {
  const auto query = parse_log_query({{"level", ""}, {"source", ""}, {"before", ""}, {"limit", ""}, {"_", "1"}});
  ASSERT_TRUE(query);
  EXPECT_EQ(query->level, std::nullopt);
  EXPECT_EQ(query->source, std::nullopt);
  EXPECT_EQ(query->before, std::nullopt);
  EXPECT_EQ(query->limit, 50U);
}

TEST(LogQuery, NamesTheParameterThatIsWrong) {
  EXPECT_EQ(field_at_fault({{"level", "loud"}}), "/level");
  EXPECT_EQ(field_at_fault({{"source", std::string(65, 's')}}), "/source");
  for (const char* before : {"-1", "x", "1.5", "9007199254740992", "99999999999999999999", " 1"}) {
    EXPECT_EQ(field_at_fault({{"before", before}}), "/before") << before;
  }
  for (const char* limit : {"0", "201", "ten", "1e2"}) EXPECT_EQ(field_at_fault({{"limit", limit}}), "/limit") << limit;
  EXPECT_EQ(field_at_fault({{"limit", "1"}, {"limit", "2"}}), "/limit");
}

}  // namespace
}  // namespace guildhall::api
