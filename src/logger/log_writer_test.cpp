#include "logger/log_writer.hpp"

#include <gmock/gmock.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <thread>

#include "database/database.hpp"
#include "database/test_support.hpp"

namespace guildhall::logger {
namespace {

using namespace std::chrono_literals;
using base::LogLevel;
using test::eventually;
using test::run;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;

/// A second connection to the database file, like another process's.
class ExternalConnection {
 public:
  explicit ExternalConnection(const std::string& path) : sql_(soci::sqlite3, "db=\"" + path + "\"") {
    execute("PRAGMA busy_timeout = 10000");
  }
  void execute(const std::string& statement) { sql_ << statement; }
  /// Messages of the table, oldest first.
  [[nodiscard]] std::vector<std::string> messages() {
    std::vector<std::string> all;
    std::string message;
    soci::statement statement = (sql_.prepare << "SELECT message FROM logs ORDER BY id", soci::into(message));
    statement.execute();
    while (statement.fetch()) all.push_back(message);
    return all;
  }

 private:
  soci::session sql_;
};

/// A log with a console, a queue and a writer for it, on a database of its own.
class LogWriterTest : public testing::Test {
 protected:
  LogWriterTest() {
    logger_.attach(console_);
    logger_.attach(queue_);
    options_.batch_delay = 5ms;
    options_.min_retry_delay = 5ms;
    options_.max_retry_delay = 20ms;
  }

  void open() {
    auto options = test_database_.options();
    options.busy_timeout = 20ms;
    database_ = test_database_.open(std::move(options));
    repository_.emplace(*database_);
  }
  void start() { writer_.emplace(queue_, *repository_, logger_, test_database_.clock, options_); }
  void stop() { writer_.reset(); }

  [[nodiscard]] std::vector<std::string> table() {
    return ExternalConnection(test_database_.options().storage).messages();
  }
  [[nodiscard]] std::size_t rows() { return table().size(); }

  database::test_support::TestDatabase test_database_;
  base::Logger logger_{test_database_.clock, LogLevel::debug};
  base::Log log_{logger_, "test"};
  std::shared_ptr<test::LogCapture> console_ = std::make_shared<test::LogCapture>();
  std::shared_ptr<LogQueue> queue_ = std::make_shared<LogQueue>();
  LogWriterOptions options_;
  std::unique_ptr<database::Database> database_;
  std::optional<database::LogRepository> repository_;
  std::optional<LogWriter> writer_;
};

TEST_F(LogWriterTest, WritesRecordsFromBeforeTheDatabaseWasOpen) {
  log_.info("before");
  open();
  start();
  log_.info("after", {{"n", 1}});
  EXPECT_TRUE(eventually([&] { return rows() == 2; }));
  EXPECT_THAT(table(), ElementsAre("before", "after n=1"));
}

TEST_F(LogWriterTest, TheDestructorWritesTheRemainingRows) {
  options_.batch_delay = 1h;
  open();
  start();
  for (int i = 0; i < 1200; ++i) log_.info("m" + std::to_string(i));
  stop();
  const auto messages = table();
  ASSERT_EQ(messages.size(), 1200U);
  EXPECT_EQ(messages.front(), "m0");
  EXPECT_EQ(messages.back(), "m1199");
  log_.info("too late");
  EXPECT_EQ(queue_->stats().rows, 0U);
}

TEST_F(LogWriterTest, WritesManyRowsInOneTransaction) {
  open();
  for (int i = 0; i < 1000; ++i) log_.info("m");
  start();
  stop();
  EXPECT_LE(database_->counters().commits, 3U);
}

TEST_F(LogWriterTest, KeepsRowsWhileTheDatabaseIsAway) {
  open();
  start();
  ExternalConnection other(test_database_.options().storage);
  other.execute("BEGIN IMMEDIATE");
  log_.info("while it is away");
  EXPECT_TRUE(eventually([&] { return database_->counters().failed_commits > 1; }));
  EXPECT_THAT(table(), IsEmpty());
  other.execute("COMMIT");
  EXPECT_TRUE(eventually([&] { return rows() == 1; }));
}

TEST_F(LogWriterTest, TheDestructorGivesUpInTimeAndReportsIt) {
  options_.max_flush_time = 50ms;
  open();
  start();
  ExternalConnection other(test_database_.options().storage);
  other.execute("BEGIN IMMEDIATE");
  for (int i = 0; i < 2000; ++i) log_.info("m");
  const auto begun = std::chrono::steady_clock::now();
  stop();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_THAT(console_->messages(), Contains("Log rows could not be written to the database and are lost"));
  EXPECT_EQ(queue_->stats().rows, 0U);
}

TEST_F(LogWriterTest, ReportsDroppedRowsToTheConsoleAndTheTable) {
  queue_ = std::make_shared<LogQueue>(10'000);
  base::Logger logger(test_database_.clock, LogLevel::debug);
  logger.attach(console_);
  logger.attach(queue_);
  open();
  for (int i = 0; i < 1000; ++i) base::Log(logger, "test").debug("m");
  const auto lost = queue_->stats().lost;
  ASSERT_GT(lost, 0U);
  writer_.emplace(queue_, *repository_, logger, test_database_.clock, options_);
  stop();
  const auto all = table();
  EXPECT_EQ(all.size(), 1000 - lost + 1);
  EXPECT_EQ(all.back(), "Log rows were lost because the database is too slow lost=" + std::to_string(lost));
  EXPECT_THAT(console_->messages(), Contains("Log rows were lost because the database is too slow"));
}

TEST_F(LogWriterTest, LosesOnlyTheRowThatTheDatabaseRefuses) {
  open();
  ExternalConnection(test_database_.options().storage)
      .execute("CREATE TRIGGER no BEFORE INSERT ON logs WHEN NEW.message = 'bad' BEGIN SELECT RAISE(ABORT, 'no'); END");
  for (const char* message : {"a", "bad", "b"}) log_.info(message);
  start();
  stop();
  EXPECT_THAT(table(), ElementsAre("a", "b"));
  EXPECT_THAT(console_->messages(), Contains("Log rows could not be written to the database and are lost"));
}

TEST_F(LogWriterTest, RemovesOldRowsInSmallSteps) {
  options_.retention = std::chrono::days(30);
  options_.purge_step_delay = 1ms;
  open();
  for (int i = 0; i < 1200; ++i) log_.info("old");
  test_database_.clock.advance(24h * 31);
  log_.info("new");
  start();
  EXPECT_TRUE(eventually([&] { return table() == std::vector<std::string>{"new"}; }));
}

TEST_F(LogWriterTest, ZeroRetentionKeepsRowsForEver) {
  options_.retention = std::chrono::days(0);
  open();
  log_.info("old");
  test_database_.clock.advance(24h * 10'000);
  start();
  EXPECT_TRUE(eventually([&] { return rows() == 1; }));
  stop();  // A purge would have been due after the first batch.
  EXPECT_EQ(rows(), 1U);
}

TEST_F(LogWriterTest, KeepsAFloodOfRowsWhileTheFileIsLocked) {
  constexpr int threads = 4;
  constexpr int lines = 25'000;
  options_.max_flush_time = 1min;
  open();
  start();
  std::atomic<int> written{0};
  std::vector<std::thread> floods;
  for (int t = 0; t < threads; ++t) {
    floods.emplace_back([&, t] {
      for (int i = 0; i < lines; ++i, ++written) log_.info("flood", {{"thread", t}, {"line", i}});
    });
  }
  ExternalConnection other(test_database_.options().storage);
  EXPECT_TRUE(eventually([&] { return written > threads * lines / 4; }));
  other.execute("BEGIN IMMEDIATE");
  const auto before = database_->counters();
  for (auto& flood : floods) flood.join();
  EXPECT_TRUE(eventually([&] { return database_->counters().failed_commits > before.failed_commits + 10; }));
  EXPECT_EQ(run(repository_->list({.limit = 50})).size(), 50U);  // Reads are not blocked.
  other.execute("COMMIT");
  stop();

  std::array<int, threads> next{};
  for (const auto& message : table()) {
    int thread = 0;
    int line = 0;
    ASSERT_EQ(std::sscanf(message.c_str(), "flood thread=%d line=%d", &thread, &line), 2) << message;
    EXPECT_EQ(line, next.at(static_cast<std::size_t>(thread))++);
  }
  EXPECT_THAT(next, ElementsAre(lines, lines, lines, lines));
  EXPECT_EQ(queue_->stats().lost, 0U);
}

}  // namespace
}  // namespace guildhall::logger
