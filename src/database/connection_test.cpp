#include "database/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include "database/migrator.hpp"
#include "database/sqlite_dialect.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

/// A database whose connections break on a wrong statement, and that counts them.
class Fragile final : public SqliteDialect {
 public:
  using SqliteDialect::SqliteDialect;

  [[nodiscard]] std::unique_ptr<soci::session> connect(Access access) const override {
    ++connections;
    return SqliteDialect::connect(access);
  }
  [[nodiscard]] Fault classify(const soci::soci_error& error) const override {
    const auto fault = SqliteDialect::classify(error);
    return fault == Fault::bug ? Fault::broken : fault;
  }

  mutable int connections = 0;
};

class ConnectionTest : public ::testing::Test {
 protected:
  ConnectionTest() {
    dialect_.prepare();
    migrate(*dialect_.SqliteDialect::connect(Access::write), dialect_, migrations(), test_database_.clock.now());
    connection_.emplace(dialect_, Access::write, log_);
    connection_->remember_schema();
  }

  void attempt(const std::string& statement) {
    const auto error = connection_->attempt([&](soci::session& sql) { sql << statement; }, [this] { return repeat_; });
    if (error) std::rethrow_exception(error);
  }

  test_support::TestDatabase test_database_;
  base::Logger logger_{test_database_.clock, base::LogLevel::debug};
  base::Log log_{logger_, "db"};
  Fragile dialect_{test_database_.options()};
  std::optional<Connection> connection_;
  bool repeat_ = false;
};

TEST_F(ConnectionTest, IsOpenedAgainAfterItBroke) {
  attempt("SELECT 1");
  EXPECT_THROW(attempt("SELECT nonsense"), Unavailable);
  EXPECT_EQ(dialect_.connections, 1);
  attempt("SELECT 1");
  attempt("SELECT 1");
  EXPECT_EQ(dialect_.connections, 2);
}

TEST_F(ConnectionTest, WhatBrokeItIsRepeatedOnceOnANewOne) {
  repeat_ = true;
  EXPECT_THROW(attempt("SELECT nonsense"), Unavailable);
  EXPECT_EQ(dialect_.connections, 2);
  *dialect_.SqliteDialect::connect(Access::write) << "CREATE TABLE sense (id INTEGER)";
  attempt("SELECT id FROM sense");  // on one that is known to be broken already
  EXPECT_EQ(dialect_.connections, 3);
}

TEST_F(ConnectionTest, IsNotOpenedAgainOnAnotherSchema) {
  EXPECT_THROW(attempt("SELECT nonsense"), Unavailable);
  *dialect_.SqliteDialect::connect(Access::write) << "DELETE FROM schema_migrations";
  EXPECT_THROW(attempt("SELECT 1"), Unavailable);
}

TEST_F(ConnectionTest, StaysOpenWhenAJobThrowsAnErrorOfItsOwn) {
  const auto error = connection_->attempt([](soci::session&) { throw std::out_of_range("mine"); }, [] { return true; });
  EXPECT_THROW(std::rethrow_exception(error), std::out_of_range);
  attempt("SELECT 1");
  EXPECT_EQ(dialect_.connections, 1);
}

}  // namespace
}  // namespace guildhall::database
