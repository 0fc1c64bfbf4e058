#include "database/models/log_repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::LogLevel;
using test::run;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Log row_of(std::uint64_t id, std::string message = "m", LogLevel level = LogLevel::info, std::string source = "web") {
  Log row;
  row.id = LogId{id};
  row.level = level;
  row.source = std::move(source);
  row.message = std::move(message);
  row.timestamp = base::Timestamp{std::chrono::milliseconds{1'769'862'896'789}};
  return row;
}

class LogRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  void insert(std::vector<Log> rows) {
    std::promise<std::exception_ptr> ended;
    repository_.start_insert(std::make_shared<const std::vector<Log>>(std::move(rows)),
                             [&](std::exception_ptr error) { ended.set_value(std::move(error)); });
    if (const auto error = ended.get_future().get()) std::rethrow_exception(error);
  }

  [[nodiscard]] std::size_t purge(std::uint64_t end) {
    std::promise<std::size_t> ended;
    repository_.start_purge(LogId{end},
                            [&](const std::exception_ptr&, std::size_t removed) { ended.set_value(removed); });
    return ended.get_future().get();
  }

  [[nodiscard]] std::vector<std::uint64_t> ids(LogFilter filter = {}) {
    std::vector<std::uint64_t> ids;
    for (const auto& row : run(repository_.list(std::move(filter)))) ids.push_back(row.id.value());
    return ids;
  }

  [[nodiscard]] std::vector<std::string> messages() {
    std::vector<std::string> messages;
    for (const auto& row : run(repository_.list({}))) messages.push_back(std::to_string(row.id.value()) + row.message);
    return messages;
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  LogRepository repository_{*database_};
};

TEST_P(LogRepositoryTest, KeepsWhatWasLogged) {
  auto row = row_of(7'000'000'000'000'000, "caf\xC3\xA9 \"quoted\" \\n", LogLevel::error, "bot");
  row.stacktrace = "at a\nat b\n";
  insert({row, row_of(7'000'000'000'000'001)});
  const auto rows = run(repository_.list({}));
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].stacktrace, std::nullopt);
  EXPECT_EQ(rows[1].id, row.id);
  EXPECT_EQ(rows[1].level, row.level);
  EXPECT_EQ(rows[1].source, row.source);
  EXPECT_EQ(rows[1].message, row.message);
  EXPECT_EQ(rows[1].timestamp, row.timestamp);
  EXPECT_EQ(rows[1].stacktrace, row.stacktrace);
}

TEST_P(LogRepositoryTest, ListsTheNewestFirst) {
  insert({row_of(1), row_of(2), row_of(3)});
  EXPECT_THAT(ids(), ElementsAre(3, 2, 1));
  EXPECT_THAT(ids({.limit = 2}), ElementsAre(3, 2));
  EXPECT_THAT(ids({.before = LogId{3}}), ElementsAre(2, 1));
  EXPECT_THAT(ids({.before = LogId{UINT64_MAX}}), ElementsAre(3, 2, 1));
}

TEST_P(LogRepositoryTest, ListsALevelAndWhatIsMoreSevere) {
  insert({row_of(1, "m", LogLevel::error), row_of(2, "m", LogLevel::debug), row_of(3, "m", LogLevel::warn),
          row_of(4, "m", LogLevel::http), row_of(5, "m", LogLevel::info), row_of(6, "m", LogLevel::error)});
  EXPECT_THAT(ids({.level = LogLevel::error}), ElementsAre(6, 1));
  EXPECT_THAT(ids({.level = LogLevel::warn}), ElementsAre(6, 3, 1));
  EXPECT_THAT(ids({.level = LogLevel::debug}), ElementsAre(6, 5, 4, 3, 2, 1));
  EXPECT_THAT(ids({.level = LogLevel::http, .before = LogId{5}, .limit = 2}), ElementsAre(4, 3));
}

TEST_P(LogRepositoryTest, ListsOneSourceAlone) {
  insert({row_of(1, "m", LogLevel::info, "bot"), row_of(2), row_of(3, "m", LogLevel::error, "bot")});
  EXPECT_THAT(ids({.source = "bot"}), ElementsAre(3, 1));
  EXPECT_THAT(ids({.level = LogLevel::warn, .source = "bot"}), ElementsAre(3));
  EXPECT_THAT(ids({.source = "BOT"}), IsEmpty());
}

TEST_P(LogRepositoryTest, WritesNoRowTwice) {
  insert({row_of(1, "a"), row_of(2, "b")});
  insert({row_of(1, "a"), row_of(2, "b"), row_of(3, "b")});
  EXPECT_THAT(messages(), ElementsAre("3b", "2b", "1a"));
}

TEST_P(LogRepositoryTest, MakesRoomForRowsOfAnotherProcess) {
  insert({row_of(2, "other"), row_of(3, "other too")});
  insert({row_of(1, "a"), row_of(2, "b"), row_of(3, "c"), row_of(9, "d")});
  EXPECT_THAT(messages(), ElementsAre("9d", "5c", "4b", "3other too", "2other", "1a"));
  insert({row_of(2, "b"), row_of(3, "c")});  // again, as it was uncertain whether they were written
  EXPECT_THAT(messages(), ElementsAre("9d", "5c", "4b", "3other too", "2other", "1a"));
}

TEST_P(LogRepositoryTest, PurgesStepByStep) {
  std::vector<Log> rows;
  for (std::uint64_t id = 1; id <= 1200; ++id) rows.push_back(row_of(id));
  insert(rows);
  EXPECT_EQ(purge(1101), LogRepository::purge_step);
  EXPECT_EQ(purge(1101), LogRepository::purge_step);
  EXPECT_EQ(purge(1101), 100U);
  EXPECT_EQ(purge(1101), 0U);
  EXPECT_EQ(ids({.limit = 1000}).size(), 100U);
  EXPECT_EQ(ids({.limit = 1000}).back(), 1101U);
}

TEST_P(LogRepositoryTest, SaysWhenTheDatabaseIsClosed) {
  database_->close();
  EXPECT_THROW(insert({row_of(1)}), Unavailable);
}

INSTANTIATE_TEST_SUITE_P(Dialects, LogRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
