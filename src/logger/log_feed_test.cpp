#include "logger/log_feed.hpp"

#include <gmock/gmock.h>

namespace guildhall::logger {
namespace {

using testing::ElementsAre;

base::LogRecord fed_record(std::uint64_t id) {
  return {base::Timestamp(std::chrono::milliseconds(1)), base::LogLevel::info, "test", "m", {}, {}, id};
}

database::Log row_of_id(std::uint64_t id) {
  database::Log row;
  row.id = database::LogId{id};
  return row;
}

std::vector<std::uint64_t> fed_ids(const std::vector<LogFeed::Entry>& entries) {
  std::vector<std::uint64_t> ids;
  for (const auto& entry : entries) ids.push_back(entry->id.value());
  return ids;
}

TEST(LogFeed, KeepsTheNewestFifty) {
  LogFeed feed;
  for (std::uint64_t id = 1; id <= 60; ++id) feed.write(fed_record(id));
  const auto ids = fed_ids(feed.recent());
  ASSERT_EQ(ids.size(), 50U);
  EXPECT_EQ(ids.front(), 11U);
  EXPECT_EQ(ids.back(), 60U);
}

TEST(LogFeed, SeedsEarlierRowsInFront) {
  LogFeed feed;
  feed.write(fed_record(10));
  feed.seed({row_of_id(1), row_of_id(2), row_of_id(10), row_of_id(11)});
  EXPECT_THAT(fed_ids(feed.recent()), ElementsAre(1, 2, 10));
}

TEST(LogFeed, SeedsTheNewestOfEarlierRows) {
  LogFeed feed;
  std::vector<database::Log> earlier;
  for (std::uint64_t id = 1; id <= 80; ++id) earlier.push_back(row_of_id(id));
  feed.seed(std::move(earlier));
  const auto ids = fed_ids(feed.recent());
  ASSERT_EQ(ids.size(), 50U);
  EXPECT_EQ(ids.front(), 31U);
}

TEST(LogFeed, CallsTheListenerUntilItIsRemoved) {
  LogFeed feed;
  std::vector<std::uint64_t> seen;
  feed.write(fed_record(1));
  feed.subscribe([&](const LogFeed::Entry& entry) { seen.push_back(entry->id.value()); });
  feed.write(fed_record(2));
  feed.write(fed_record(3));
  feed.subscribe({});
  feed.write(fed_record(4));
  EXPECT_THAT(seen, ElementsAre(2, 3));
}

}  // namespace
}  // namespace guildhall::logger
