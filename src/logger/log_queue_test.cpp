#include "logger/log_queue.hpp"

#include <gmock/gmock.h>

#include <thread>

namespace guildhall::logger {
namespace {

using namespace std::chrono_literals;
using base::LogLevel;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto never = LogQueue::TimePoint::max();

base::LogRecord queued_record(std::uint64_t id, LogLevel level = LogLevel::info, std::string message = "m") {
  return {base::Timestamp(1ms), level, "test", std::move(message), {}, {}, id};
}

std::vector<std::uint64_t> ids_of(const LogQueue::Rows& rows) {
  std::vector<std::uint64_t> ids;
  for (const auto& row : rows) ids.push_back(row.id.value());
  return ids;
}

/// The size of `rows` records of record_of.
std::size_t bytes_of(std::size_t rows) {
  LogQueue queue;
  for (std::size_t i = 0; i < rows; ++i) queue.write(queued_record(i));
  return queue.stats().bytes;
}

TEST(LogQueue, CollectsRowsById) {
  LogQueue queue;
  queue.write(queued_record(1, LogLevel::debug));
  queue.write(queued_record(2, LogLevel::error));
  queue.write(queued_record(3, LogLevel::debug));
  queue.write(queued_record(4, LogLevel::http));
  EXPECT_THAT(ids_of(queue.collect(3, 0ms, never)), ElementsAre(1, 2, 3));
  EXPECT_THAT(ids_of(queue.collect(3, 0ms, never)), ElementsAre(4));
  EXPECT_EQ(queue.stats().bytes, 0U);
}

TEST(LogQueue, AppendsFieldsToTheMessage) {
  LogQueue queue;
  queue.write(
      {base::Timestamp(1ms), LogLevel::info, "web", "Answered", {{"status", 200}, {"path", "/a b"}}, "at x\n", 1});
  const auto rows = queue.collect(1, 0ms, never);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].message, R"(Answered status=200 path="/a b")");
  EXPECT_EQ(rows[0].source, "web");
  EXPECT_EQ(rows[0].stacktrace, "at x\n");
}

TEST(LogQueue, DropsTheOldestOfTheLeastSevereLevelWhenFull) {
  LogQueue queue(bytes_of(3));
  queue.write(queued_record(1, LogLevel::error));
  queue.write(queued_record(2, LogLevel::debug));
  queue.write(queued_record(3, LogLevel::debug));
  queue.write(queued_record(4, LogLevel::info));   // drops 2
  queue.write(queued_record(5, LogLevel::warn));   // drops 3
  queue.write(queued_record(6, LogLevel::debug));  // drops itself
  queue.write(queued_record(7, LogLevel::error));  // drops 4
  EXPECT_EQ(queue.stats().lost, 4U);
  EXPECT_THAT(ids_of(queue.collect(10, 0ms, never)), ElementsAre(1, 5, 7));
}

TEST(LogQueue, WaitsForABatchToFill) {
  LogQueue queue;
  queue.write(queued_record(1));
  std::thread later([&] {
    queue.write(queued_record(2));
    queue.write(queued_record(3));
  });
  EXPECT_THAT(ids_of(queue.collect(3, 1h, never)), ElementsAre(1, 2, 3));
  later.join();
}

TEST(LogQueue, WaitsUpToTheDelayAndTheDeadline) {
  LogQueue queue;
  queue.write(queued_record(1));
  EXPECT_THAT(ids_of(queue.collect(3, 1ms, never)), ElementsAre(1));
  EXPECT_THAT(queue.collect(3, 1h, std::chrono::steady_clock::now()), IsEmpty());
}

TEST(LogQueue, DoesNotWaitAfterStopWaiting) {
  LogQueue queue;
  queue.write(queued_record(1));
  std::thread later([&] { queue.stop_waiting(); });
  EXPECT_THAT(ids_of(queue.collect(3, 1h, never)), ElementsAre(1));
  EXPECT_THAT(queue.collect(3, 1h, never), IsEmpty());
  later.join();
}

TEST(LogQueue, IgnoresRowsAfterClose) {
  LogQueue queue;
  queue.close();
  queue.write(queued_record(1));
  EXPECT_EQ(queue.stats().rows, 0U);
}

}  // namespace
}  // namespace guildhall::logger
