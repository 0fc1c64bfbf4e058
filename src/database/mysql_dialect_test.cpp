#include "database/mysql_dialect.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include <future>
#include <thread>

#include "database/migrator.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using namespace std::chrono_literals;
using test::eventually;
using test::run;
using test_support::MariadbServer;
using ::testing::HasSubstr;
using ::testing::Not;

/// A database on a real server, with a table of a single number.
class MysqlDialectTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!MariadbServer::installed()) GTEST_SKIP() << "mariadbd is not installed";
    test_database_.emplace(MariadbServer::shared().create_database());
  }

  [[nodiscard]] std::unique_ptr<Database> open() {
    auto database = test_database_->open();
    *stranger() << "CREATE TABLE IF NOT EXISTS numbers (number BIGINT)";
    return database;
  }
  [[nodiscard]] std::unique_ptr<soci::session> stranger() const {
    return MariadbServer::shared().connect(test_database_->options().server.name);
  }
  /// Why a database with these options cannot be opened.
  [[nodiscard]] std::string why_not(Options options) {
    try {
      static_cast<void>(test_database_->open(std::move(options)));
    } catch (const StartError& error) {
      return error.what();
    }
    return "it was opened";
  }

  std::optional<test_support::TestDatabase> test_database_;
};

net::Task<> add(Database& database, int number) {
  WriteJob<void> job = [number](soci::session& sql, Changes&) {
    sql << "INSERT INTO numbers (number) VALUES (:number)", soci::use(number);
  };
  co_await database.write(std::move(job));
}

net::Task<int> count(Database& database) {
  ReadJob<int> job = [](soci::session& sql) {
    int rows = 0;
    sql << "SELECT COUNT(*) FROM numbers", soci::into(rows);
    return rows;
  };
  co_return co_await database.read(std::move(job));
}

/// Raises the only number by one, as repositories do: it is read first, then written.
net::Task<> raise(Database& database) {
  WriteJob<void> job = [](soci::session& sql, Changes&) {
    int number = 0;
    sql << "SELECT number FROM numbers", soci::into(number);
    ++number;
    sql << "UPDATE numbers SET number = :number", soci::use(number);
  };
  co_await database.write(std::move(job));
}

TEST_F(MysqlDialectTest, SeveralMakeAnEmptyDatabaseOnce) {
  std::vector<std::future<std::unique_ptr<Database>>> starters;
  for (int i = 0; i < 3; ++i) {
    starters.push_back(std::async(std::launch::async, [this] { return test_database_->open(); }));
  }
  for (auto& starter : starters) EXPECT_NE(starter.get(), nullptr);
  int roles = 0;
  *stranger() << "SELECT COUNT(*) FROM roles", soci::into(roles);
  EXPECT_EQ(roles, 2) << "ADMIN and USER";
}

TEST_F(MysqlDialectTest, TransactionsOfTwoProcessesTakeTurns) {
  const auto one = open();
  const auto other = open();
  run(add(*one, 0));
  const auto raise_often = [](Database& database) {
    for (int i = 0; i < 50; ++i) run(raise(database));
  };
  std::thread thread([&] { raise_often(*other); });
  raise_often(*one);
  thread.join();
  int number = 0;
  *stranger() << "SELECT number FROM numbers", soci::into(number);
  EXPECT_EQ(number, 100);
}

TEST_F(MysqlDialectTest, ConnectionsThatWereKilledAreHealedUnseen) {
  const auto database = open();
  for (int i = 1; i <= 3; ++i) {
    MariadbServer::shared().kill_connections();
    run(add(*database, i));
    MariadbServer::shared().kill_connections();
    EXPECT_EQ(run(count(*database)), i);
  }
  EXPECT_EQ(database->counters().failed_commits, 0U);
}

TEST_F(MysqlDialectTest, AJobWhoseConnectionIsKilledRunsAgain) {
  const auto database = open();
  const auto runs = std::make_shared<int>(0);
  WriteJob<void> job = [runs](soci::session& sql, Changes&) {
    sql << "INSERT INTO numbers (number) VALUES (1)";
    if ((*runs)++ == 0) sql << "KILL CONNECTION_ID()";
  };
  run(database->write(job));
  EXPECT_EQ(*runs, 2);
  EXPECT_EQ(run(count(*database)), 1);
}

TEST_F(MysqlDialectTest, JobsOfATransactionThatADeadlockUndidRunAgain) {
  const auto database = open();
  std::promise<void> begun;
  std::promise<void> barrier;
  database->start_write([&](soci::session&, Changes&) {
    begun.set_value();
    barrier.get_future().wait();
  });
  begun.get_future().wait();

  // While the writer is busy these gather to a group, which the second undoes as a deadlock does.
  std::vector<std::promise<std::exception_ptr>> ended(3);
  const auto ends = [&](std::size_t i) {
    return [&promise = ended[i]](std::exception_ptr error) { promise.set_value(std::move(error)); };
  };
  const auto insert = [](soci::session& sql, Changes&) { sql << "INSERT INTO numbers (number) VALUES (1)"; };
  const auto runs = std::make_shared<int>(0);
  database->start_write(insert, ends(0));
  database->start_write(
      [runs](soci::session& sql, Changes&) {
        if ((*runs)++ > 0) return;
        sql << "ROLLBACK";
        sql << "SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213";
      },
      ends(1));
  database->start_write(insert, ends(2));
  barrier.set_value();

  for (auto& each : ended) EXPECT_EQ(each.get_future().get(), nullptr);
  EXPECT_EQ(*runs, 2);
  EXPECT_EQ(run(count(*database)), 2);
}

TEST_F(MysqlDialectTest, WhileTheServerIsAwayJobsFailAtOnceAndThenAllHeals) {
  MariadbServer server;
  test_support::TestDatabase test_database(server.create_database());
  auto options = test_database.options();
  options.wait_limit = 1h;  // a job that waited for the server would not end
  const auto database = test_database.open(options);
  *server.connect(options.server.name) << "CREATE TABLE numbers (number BIGINT)";
  server.stop();
  for (int i = 0; i < 20; ++i) {
    EXPECT_THROW(run(count(*database)), Unavailable);
    EXPECT_THROW(run(add(*database, 1)), Unavailable);
  }
  server.start();
  EXPECT_TRUE(eventually([&] {
    try {
      run(add(*database, 1));
      return true;
    } catch (const Unavailable&) {
      return false;
    }
  }));
  EXPECT_TRUE(eventually([&] { return database->feed().fresh(); }));
}

TEST_F(MysqlDialectTest, TextAndIdsAndTimesComeBackAsTheyWere) {
  const auto database = open();
  const std::string text = "a 'b' \\ \"c\" :d {e}; -- \xF0\x9F\x8E\x89 \xE2\x82\xAC ";
  const auto sql = stranger();
  *sql << "CREATE TABLE things (id BIGINT UNSIGNED, what VARCHAR(64), happened DATETIME(3))";
  ReadJob<std::string> there_and_back = [&](soci::session& session) {
    std::string back;
    session << "SELECT :text", soci::into(back), soci::use(text);
    return back;
  };
  EXPECT_EQ(run(database->read(there_and_back)), text);

  WriteJob<std::string> job = [](soci::session& session, Changes&) {
    const unsigned long long id = ~0ULL;
    session << "INSERT INTO things (id, what, happened) VALUES (:id, 'x', '2026-01-31 12:34:56.789')", soci::use(id);
    unsigned long long read = 0;
    std::string happened;
    session << "SELECT id, happened FROM things WHERE id = :id", soci::into(read), soci::into(happened), soci::use(id);
    return std::to_string(read) + " " + happened;
  };
  EXPECT_EQ(run(database->write(job)), "18446744073709551615 2026-01-31 12:34:56.789");
}

TEST_F(MysqlDialectTest, WhatDoesNotFitIsRefusedRatherThanCut) {
  const auto database = open();
  WriteJob<void> job = [](soci::session& sql, Changes&) { sql << "INSERT INTO roles (name) VALUES (REPEAT('x', 65))"; };
  EXPECT_THROW(run(database->write(job)), std::logic_error);
}

TEST_F(MysqlDialectTest, AMessageHasNoValues) {
  const auto database = open();
  WriteJob<void> job = [](soci::session& sql, Changes&) { sql << "INSERT INTO roles (name) VALUES ('ADMIN')"; };
  try {
    run(database->write(job));
    FAIL() << "accepted";
  } catch (const ConstraintViolation& error) {
    EXPECT_THAT(error.what(), HasSubstr("Duplicate entry"));
    EXPECT_THAT(error.what(), Not(HasSubstr("ADMIN")));
  }
}

TEST_F(MysqlDialectTest, SaysWhyItCannotStart) {
  auto options = test_database_->options();
  options.server.name = "nowhere";
  EXPECT_THAT(why_not(options), HasSubstr("has no database nowhere"));
  options = test_database_->options();
  options.server.host = "no-such-host.invalid";
  EXPECT_THAT(why_not(options), HasSubstr("The database server at no-such-host.invalid"));
  options = test_database_->options();
  options.server.tls_ca = "/nowhere/ca.pem";
  options.server.pass = base::Secret("hush");
  EXPECT_THAT(why_not(options),
              AllOf(HasSubstr("does not offer TLS"), HasSubstr("/nowhere/ca.pem"), Not(HasSubstr("hush"))));
}

}  // namespace
}  // namespace guildhall::database
