#include "database/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <condition_variable>
#include <future>

#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;
using test::Barrier;
using test::eventually;
using test::run;
using test_support::ExternalConnection;
using ::testing::HasSubstr;

net::Task<int> count_guilds(Database& database) {
  ReadJob<int> job = [](soci::session& sql) {
    int count = 0;
    sql << "SELECT COUNT(*) FROM guilds", soci::into(count);
    return count;
  };
  co_return co_await database.read(std::move(job));
}

void insert_guild(soci::session& sql, long long id) {
  sql << "INSERT INTO guilds (id, name, created_at, updated_at) VALUES (:id, 'a', '2026-01-01 00:00:00.000', "
         "'2026-01-01 00:00:00.000')",
      soci::use(id);
}

net::Task<> add_guild(Database& database, long long id) {
  WriteJob<void> job = [id](soci::session& sql, Changes&) { insert_guild(sql, id); };
  co_await database.write(std::move(job));
}

class DatabaseTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string path() const { return test_database_.options().storage; }

  test_support::TestDatabase test_database_;
};

TEST_F(DatabaseTest, KeepsWhatWasWritten) {
  {
    const auto database = test_database_.open();
    run(add_guild(*database, 1));
    EXPECT_EQ(run(count_guilds(*database)), 1);
  }
  EXPECT_EQ(run(count_guilds(*test_database_.open())), 1);
}

TEST_F(DatabaseTest, IsReadableByItsOwnerOnly) {
  const auto database = test_database_.open();
  run(add_guild(*database, 1));
  for (const auto& file : std::filesystem::directory_iterator(test_database_.directory.path())) {
    EXPECT_EQ(file.status().permissions() & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)
        << file.path();
  }
}

TEST_F(DatabaseTest, LeavesOneFileWhenClosed) {
  test_database_.open()->close();
  const auto files = std::filesystem::directory_iterator(test_database_.directory.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(DatabaseTest, WorksInMemory) {
  auto options = test_database_.options();
  options.storage = ":memory:";
  const auto database = test_database_.open(options);
  run(add_guild(*database, 1));
  EXPECT_EQ(run(count_guilds(*database)), 1);
  run(database->ping());
  EXPECT_TRUE(database->feed().fresh());
}

TEST_F(DatabaseTest, WorksInAPathWithSpaces) {
  auto options = test_database_.options();
  options.storage = test_database_.directory.file("a  wide = name.db");
  run(add_guild(*test_database_.open(options), 1));
  EXPECT_TRUE(std::filesystem::exists(options.storage));
}

TEST_F(DatabaseTest, AJobThatThrowsChangesNothingAndFailsItsCallerOnly) {
  const auto database = test_database_.open();
  WriteJob<void> job = [](soci::session& sql, Changes&) {
    insert_guild(sql, 1);
    throw std::invalid_argument("changed my mind");
  };
  EXPECT_THROW(run(database->write(job)), std::invalid_argument);
  EXPECT_EQ(run(count_guilds(*database)), 0);
}

TEST_F(DatabaseTest, ABrokenConstraintIsToldApart) {
  const auto database = test_database_.open();
  run(add_guild(*database, 1));
  EXPECT_THROW(run(add_guild(*database, 1)), ConstraintViolation);
}

TEST_F(DatabaseTest, ReadersCannotWrite) {
  const auto database = test_database_.open();
  ReadJob<void> job = [](soci::session& sql) { insert_guild(sql, 1); };
  EXPECT_THROW(run(database->read(job)), std::exception);
  EXPECT_EQ(run(count_guilds(*database)), 0);
}

TEST_F(DatabaseTest, ErrorsDoNotTellTheValuesOfParameters) {
  const auto database = test_database_.open();
  WriteJob<void> job = [](soci::session& sql, Changes&) {
    const std::string secret = "correct horse";
    sql << "INSERT INTO nowhere (x) VALUES (:x)", soci::use(secret);
  };
  try {
    run(database->write(job));
    FAIL() << "written";
  } catch (const std::logic_error& error) {
    EXPECT_THAT(error.what(), HasSubstr("no such table"));
    EXPECT_THAT(error.what(), ::testing::Not(HasSubstr("horse")));
  }
}

TEST_F(DatabaseTest, AReadSeesOneMoment) {
  const auto database = test_database_.open();
  ReadJob<std::pair<int, int>> job = [&](soci::session& sql) {
    std::pair<int, int> counts;
    sql << "SELECT COUNT(*) FROM guilds", soci::into(counts.first);
    run(add_guild(*database, 1));
    sql << "SELECT COUNT(*) FROM guilds", soci::into(counts.second);
    return counts;
  };
  EXPECT_EQ(run(database->read(job)), std::pair(0, 0));
}

/// Writes of which every third fails, all at once.
net::Task<int> write_many(Database& database, int count) {
  const auto executor = co_await boost::asio::this_coro::executor;
  std::vector<std::future<void>> outcomes;
  auto succeeded = std::make_shared<int>(0);
  auto ended = std::make_shared<int>(0);
  for (int i = 0; i < count; ++i) {
    WriteJob<void> job = [i](soci::session& sql, Changes&) {
      insert_guild(sql, i);
      if (i % 3 == 0) throw std::invalid_argument("every third");
    };
    const auto note = [succeeded, ended](const std::exception_ptr& error) {
      *succeeded += error ? 0 : 1;
      ++*ended;
    };
    boost::asio::co_spawn(executor, database.write(std::move(job)), note);
  }
  while (*ended < count) {
    boost::asio::steady_timer soon(executor, 1ms);
    co_await soon.async_wait(boost::asio::use_awaitable);
  }
  co_return *succeeded;
}

TEST_F(DatabaseTest, WritesThatWaitTogetherShareACommitAndFailAlone) {
  const auto database = test_database_.open();
  EXPECT_EQ(run(write_many(*database, 300)), 200);
  EXPECT_EQ(run(count_guilds(*database)), 200);
  EXPECT_EQ(database->counters().writes, 300U);
  EXPECT_LT(database->counters().commits, 100U);
}

TEST_F(DatabaseTest, WhenTheTransactionIsLostAllInItFailAndLaterOnesDoNot) {
  const auto database = test_database_.open();
  Barrier barrier;
  database->start_write([&](soci::session&, Changes&) { barrier.arrive_and_wait(); });
  barrier.wait_for_arrival();
  boost::asio::io_context loop{1};
  auto before = net::start(loop.get_executor(), add_guild(*database, 1));
  // SQLite does the same by itself when the disk fails in certain ways.
  WriteJob<void> lose = [](soci::session& sql, Changes&) {
    sql << "ROLLBACK";
    throw Unavailable("The disk is full");
  };
  auto loses = net::start(loop.get_executor(), database->write(lose));
  auto after = net::start(loop.get_executor(), add_guild(*database, 2));
  loop.poll();
  barrier.open();
  loop.run();
  EXPECT_THROW(before.get(), Unavailable);
  EXPECT_THROW(loses.get(), Unavailable);
  EXPECT_THROW(after.get(), Unavailable);
  run(add_guild(*database, 3));
  EXPECT_EQ(run(count_guilds(*database)), 1);
}

TEST_F(DatabaseTest, IsUnavailableWhileThereIsNoSpace) {
  const auto database = test_database_.open();
  WriteJob<void> fill = [](soci::session& sql, Changes&) {
    sql << "PRAGMA max_page_count = 1";  // as small as what is there
    sql << "CREATE TABLE big AS SELECT hex(zeroblob(100000)) AS text";
  };
  EXPECT_THROW(run(database->write(fill)), Unavailable);
  WriteJob<void> more_space = [](soci::session& sql, Changes&) { sql << "PRAGMA max_page_count = 100000"; };
  run(database->write(more_space));
  run(add_guild(*database, 1));
  EXPECT_EQ(run(count_guilds(*database)), 1);
}

TEST_F(DatabaseTest, IsUnavailableWhileAnotherProcessHasTheLockAndThenHeals) {
  auto options = test_database_.options();
  options.busy_timeout = 10ms;
  const auto database = test_database_.open(options);
  ExternalConnection stranger(path());
  stranger.execute("BEGIN IMMEDIATE");
  EXPECT_THROW(run(add_guild(*database, 1)), Unavailable);
  EXPECT_EQ(run(count_guilds(*database)), 0) << "reading goes on";
  stranger.execute("ROLLBACK");
  run(add_guild(*database, 2));
  EXPECT_EQ(run(count_guilds(*database)), 1);
  EXPECT_EQ(database->counters().failed_commits, 1U);
  EXPECT_THAT(test_database_.lines->messages(), ::testing::ElementsAre("The database is away", "The database is back"));
}

TEST_F(DatabaseTest, IsUnavailableWhileItsFileIsGoneAndHealsWhenItIsBack) {
  const auto database = test_database_.open();
  const auto elsewhere = test_database_.directory.file("elsewhere.db");
  run(add_guild(*database, 1));
  std::filesystem::rename(path(), elsewhere);
  EXPECT_THROW(run(add_guild(*database, 2)), Unavailable);
  EXPECT_THROW(run(add_guild(*database, 2)), Unavailable) << "no new database was made in its place";
  std::filesystem::rename(elsewhere, path());
  run(add_guild(*database, 3));
  EXPECT_EQ(run(count_guilds(*database)), 2);
}

TEST_F(DatabaseTest, WaitsNoLongerThanTheLimit) {
  auto options = test_database_.options();
  options.wait_limit = 20ms;
  options.readers = 1;
  const auto database = test_database_.open(options);
  Barrier barrier;
  ReadJob<void> stuck = [&](soci::session&) { barrier.arrive_and_wait(); };
  EXPECT_THROW(run(database->read(stuck)), Unavailable) << "one that runs";
  EXPECT_THROW(run(count_guilds(*database)), Unavailable) << "one that waits";
  EXPECT_THROW(run(database->ping()), Unavailable);
  EXPECT_EQ(database->counters().given_up, 3U);
  barrier.open();
  EXPECT_TRUE(eventually([&] { return database->counters().reads_waiting == 0; }));
  run(database->ping());
}

TEST_F(DatabaseTest, DoesNotStartWhatNobodyWaitsFor) {
  auto options = test_database_.options();
  options.wait_limit = 20ms;
  const auto database = test_database_.open(options);
  Barrier barrier;
  database->start_write([&](soci::session&, Changes&) { barrier.arrive_and_wait(); });
  barrier.wait_for_arrival();
  EXPECT_THROW(run(add_guild(*database, 1)), Unavailable);
  barrier.open();
  database->close();
  EXPECT_EQ(run(count_guilds(*test_database_.open())), 0);
}

TEST_F(DatabaseTest, RefusesMoreThanTheQueueHolds) {
  auto options = test_database_.options();
  options.queue_limit = 2;
  const auto database = test_database_.open(options);
  Barrier barrier;
  database->start_write([&](soci::session&, Changes&) { barrier.arrive_and_wait(); });
  barrier.wait_for_arrival();
  for (int i = 0; i < 2; ++i) database->start_write([](soci::session&, Changes&) {});
  EXPECT_THROW(run(add_guild(*database, 1)), Unavailable);
  EXPECT_EQ(database->counters().refused, 1U);
  EXPECT_EQ(database->counters().writes_waiting, 2U);
  barrier.open();
}

TEST_F(DatabaseTest, FinishesWhatIsQueuedWhenItIsClosed) {
  const auto database = test_database_.open();
  for (int i = 0; i < 50; ++i) {
    database->start_write([i](soci::session& sql, Changes&) { insert_guild(sql, i); });
  }
  database->close();
  EXPECT_THROW(run(add_guild(*database, 99)), Unavailable);
  EXPECT_EQ(run(count_guilds(*test_database_.open())), 50);
}

TEST_F(DatabaseTest, EndsWhatTheTimeToCloseDoesNotAllow) {
  auto options = test_database_.options();
  options.close_limit = 10ms;
  const auto database = test_database_.open(options);
  Barrier barrier;
  database->start_write([&](soci::session&, Changes&) { barrier.arrive_and_wait(); });
  barrier.wait_for_arrival();
  boost::asio::io_context loop{1};
  auto waits = net::start(loop.get_executor(), add_guild(*database, 1));
  ASSERT_TRUE(eventually([&] {
    loop.poll();
    return database->counters().writes_waiting == 1;
  }));
  std::thread closer([&] { database->close(); });
  EXPECT_TRUE(eventually([&] { return database->counters().writes_waiting == 0; }));
  barrier.open();
  closer.join();
  loop.run();
  EXPECT_THROW(waits.get(), Unavailable);
}

TEST_F(DatabaseTest, ACallerThatIsCancelledGoesOnAtOnce) {
  const auto database = test_database_.open();
  Barrier barrier;
  database->start_write([&](soci::session&, Changes&) { barrier.arrive_and_wait(); });
  barrier.wait_for_arrival();
  boost::asio::io_context loop{1};
  boost::asio::cancellation_signal signal;
  std::exception_ptr ended;
  boost::asio::co_spawn(
      loop, add_guild(*database, 1),
      boost::asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr error) { ended = error; }));
  loop.poll();
  signal.emit(boost::asio::cancellation_type::terminal);
  loop.run_for(5s);
  EXPECT_TRUE(ended);
  barrier.open();
}

TEST_F(DatabaseTest, ALoopMayGoWhileItsCallersWait) {
  const auto database = test_database_.open();
  Barrier barrier;
  database->start_write([&](soci::session&, Changes&) { barrier.arrive_and_wait(); });
  barrier.wait_for_arrival();
  {
    boost::asio::io_context loop{1};
    boost::asio::co_spawn(loop, add_guild(*database, 1), boost::asio::detached);
    loop.poll();
  }
  barrier.open();
  database->close();
  EXPECT_EQ(run(count_guilds(*test_database_.open())), 0);
}

TEST_F(DatabaseTest, ManyLoopsMayAskAtOnce) {
  const auto database = test_database_.open();
  std::vector<std::thread> loops;
  for (int loop = 0; loop < 4; ++loop) {
    loops.emplace_back([&, loop] {
      for (int i = 0; i < 25; ++i) {
        run(add_guild(*database, loop * 100 + i));
        EXPECT_GT(run(count_guilds(*database)), i);
      }
    });
  }
  for (auto& loop : loops) loop.join();
  EXPECT_EQ(run(count_guilds(*database)), 100);
}

TEST_F(DatabaseTest, TwoProcessesWriteToOneFile) {
  const auto one = test_database_.open();
  const auto other = test_database_.open();
  std::thread writes([&] {
    for (int i = 0; i < 50; ++i) run(add_guild(*other, 1000 + i));
  });
  for (int i = 0; i < 50; ++i) run(add_guild(*one, i));
  writes.join();
  EXPECT_EQ(run(count_guilds(*one)), 100);
  EXPECT_EQ(run(count_guilds(*other)), 100);
}

}  // namespace
}  // namespace guildhall::database
