#include "domain/import/sequelize_import.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include "api/errors.hpp"
#include "database/dialect.hpp"
#include "database/migrator.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "database/models/log_repository.hpp"
#include "database/models/user_repository.hpp"
#include "database/test_support.hpp"
#include "domain/test_support.hpp"

namespace guildhall::domain {
namespace {

using test_support::run;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using namespace database;
using database::legacy::importing_prefix;
using database::legacy::kept_prefix;
using database::legacy::read_catalogue;
using database::legacy::rename;

/// As Sequelize makes them, with a few rows that fit and a few that do not.
constexpr const char* sequelize_tables[] = {
    "CREATE TABLE users (id VARCHAR(255) PRIMARY KEY, username VARCHAR(255) NOT NULL, global_name VARCHAR(255), "
    "refresh_token VARCHAR(255), access_token VARCHAR(255) NOT NULL, locale VARCHAR(255), "
    "created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL)",
    "CREATE TABLE roles (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(255) UNIQUE)",
    "CREATE TABLE user_roles (user_id VARCHAR(255) REFERENCES users (id), role_id INTEGER REFERENCES roles (id), "
    "PRIMARY KEY (user_id, role_id))",
    "CREATE TABLE guilds (id BIGINT PRIMARY KEY, name VARCHAR(255), prefix VARCHAR(255) DEFAULT '!', "
    "created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL)",
    "CREATE TABLE commands (id INTEGER PRIMARY KEY AUTOINCREMENT, `trigger` VARCHAR(255), response JSON, "
    "interaction TEXT, created_at DATETIME NOT NULL, updated_at DATETIME NOT NULL, "
    "guild_id BIGINT REFERENCES guilds (id))",
    "CREATE TABLE logs (id INTEGER PRIMARY KEY AUTOINCREMENT, level VARCHAR(255), message TEXT, stack TEXT, "
    "date DATETIME)",
    "CREATE TABLE SequelizeMeta (name VARCHAR(255) PRIMARY KEY)",
    "INSERT INTO users VALUES ('2000000000000000001', 'ada', 'Ada', 'refresh', 'access', 'en', "
    "'2024-01-31 12:34:56.789 +00:00', '2024-01-31 12:34:56.789 +00:00')",
    "INSERT INTO roles (name) VALUES ('helper'), ('admin')",
    "INSERT INTO user_roles VALUES ('2000000000000000001', 2)",
    "INSERT INTO guilds VALUES (3000000000000000001, 'Workshop', '?', '2024-01-31 12:34:56.789 +00:00', "
    "'2024-01-31 12:34:56.789 +00:00')",
    "INSERT INTO commands (`trigger`, response, created_at, updated_at, guild_id) VALUES "
    "('hi', '{\"content\":\"x\"}', '2024-01-31 12:34:56.789 +00:00', '2024-01-31 12:34:56.789 +00:00', "
    "3000000000000000001), "
    "('hi', '{\"content\":\"x\"}', '2024-01-31 12:34:56.789 +00:00', '2024-01-31 12:34:56.789 +00:00', "
    "3000000000000000001), "
    "('ho', 'no', '2024-01-31 12:34:56.789 +00:00', '2024-01-31 12:34:56.789 +00:00', 3000000000000000001)",
    "INSERT INTO logs (level, message, stack, date) VALUES ('error', 'It broke', 'at x.js', "
    "'2026-01-30 12:34:56.789 +00:00')",
};

class SequelizeImportTest : public ::testing::Test {
 protected:
  SequelizeImportTest() {
    dialect_->prepare();
    for (const auto* statement : sequelize_tables) execute(statement);
  }

  [[nodiscard]] std::unique_ptr<soci::session> connect() const { return dialect_->connect(database::Access::write); }
  void execute(const std::string& statement) const { *connect() << statement; }
  [[nodiscard]] ImportReport import_all() const {
    return take_over(*connect(), *dialect_, seal_, test_database_.clock.now());
  }
  [[nodiscard]] std::string one(const std::string& query) const {
    std::string value;
    soci::indicator null = soci::i_ok;
    *connect() << query, soci::into(value, null);
    return null == soci::i_null ? "NULL" : value;
  }
  void expect_imported() {
    const auto database = test_database_.open();
    const base::UserId ada{2000000000000000001};
    const base::GuildId workshop{3000000000000000001};
    UserRepository users(*database);
    const auto user = run(users.find(ada));
    ASSERT_TRUE(user);
    EXPECT_EQ(user->username, "ada");
    EXPECT_EQ(base::to_iso8601(user->created_at), "2024-01-31T12:34:56.789Z");
    ASSERT_EQ(user->roles.size(), 2U);
    EXPECT_EQ(user->roles[0].name, "ADMIN");
    EXPECT_EQ(user->roles[1].name, "USER");
    EXPECT_EQ(run(users.refresh_token(ada)), "[refresh]");
    EXPECT_EQ(run(GuildRepository(*database).find(workshop))->prefix, "?");
    const auto commands = run(CommandRepository(*database).list(workshop));
    ASSERT_EQ(commands->size(), 1U);
    EXPECT_EQ(commands->front().trigger, "hi");
    const auto logs = run(LogRepository(*database).list({}));
    ASSERT_EQ(logs.size(), 1U);
    EXPECT_EQ(logs[0].stacktrace, "at x.js");
  }

  database::test_support::TestDatabase test_database_;
  std::unique_ptr<Dialect> dialect_ = make_dialect(test_database_.options());
  const Seal seal_ = [](const base::Secret& token) { return "[" + std::string(token.reveal()) + "]"; };
};

TEST_F(SequelizeImportTest, TheDatabaseIsOursThenAndHasWhatItHad) {
  const auto report = import_all();
  expect_imported();
  ASSERT_EQ(report.tables.size(), 6U);
  const auto& commands = report.tables[4];
  EXPECT_EQ(commands.read, 3U);
  EXPECT_EQ(commands.imported, 1U);
  const auto taken = "/trigger: " + std::string(api::errors::trigger_taken.sentence);
  EXPECT_THAT(commands.left.at(taken).examples, ElementsAre("2"));
  EXPECT_THAT(commands.left.at("its response is not JSON").examples, ElementsAre("3"));
}

TEST_F(SequelizeImportTest, OldTablesStayAsTheyWereButForTokens) {
  const auto report = import_all();
  EXPECT_EQ(one("SELECT COUNT(*) FROM sequelize_commands"), "3");
  EXPECT_EQ(one("SELECT locale FROM sequelize_users"), "en");
  EXPECT_EQ(one("SELECT refresh_token FROM sequelize_users"), "NULL");
  EXPECT_EQ(one("SELECT access_token FROM sequelize_users"), "");
  EXPECT_EQ(one("SELECT COUNT(*) FROM SequelizeMeta"), "0") << "a table that is in nobody's way";
  EXPECT_THAT(report.emptied, ElementsAre("sequelize_users.refresh_token", "sequelize_users.access_token"));
}

TEST_F(SequelizeImportTest, ASurveySaysTheSameAndChangesNothing) {
  const auto before = read_catalogue(*connect());
  const auto foretold =
      survey(*dialect_->connect(database::Access::read), *dialect_, seal_, test_database_.clock.now());
  EXPECT_EQ(read_catalogue(*connect()).tables.size(), before.tables.size());
  EXPECT_EQ(one("SELECT refresh_token FROM users"), "refresh");
  EXPECT_EQ(import_all().to_text(ImportReport::Tense::past), foretold.to_text(ImportReport::Tense::past));
}

TEST_F(SequelizeImportTest, GoesOnWhereItWasInterruptedBeforeTheCopy) {
  for (const char* table : {"users", "roles", "user_roles", "guilds", "commands", "logs"}) {
    rename(*connect(), {{table, std::string(importing_prefix) + table}});
  }
  migrate(*connect(), *dialect_, migrations().first(1), test_database_.clock.now());
  EXPECT_EQ(import_all().tables[4].imported, 1U);
  expect_imported();
}

TEST_F(SequelizeImportTest, GoesOnWhereItWasInterruptedAfterTheCopy) {
  static_cast<void>(import_all());
  std::vector<std::pair<std::string, std::string>> back;
  for (const char* table : {"users", "roles", "user_roles", "guilds", "commands", "logs"}) {
    back.emplace_back(std::string(kept_prefix) + table, std::string(importing_prefix) + table);
  }
  rename(*connect(), back);
  static_cast<void>(import_all());
  expect_imported();
  EXPECT_EQ(one("SELECT COUNT(*) FROM sequelize_users"), "1");
}

TEST_F(SequelizeImportTest, ReadsMoreRowsThanAPageHas) {
  execute(
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) "
      "INSERT INTO logs (level, message, date) SELECT 'info', i, '2026-01-30 12:34:56' FROM n");
  const auto report = import_all();
  EXPECT_EQ(report.tables[5].read, 2501U);
  EXPECT_EQ(report.tables[5].imported, 2501U);
  EXPECT_EQ(one("SELECT COUNT(*) FROM logs"), "2501");
}

TEST_F(SequelizeImportTest, NothingIsTakenOverTwice) {
  static_cast<void>(import_all());
  EXPECT_THROW(
      {
        try {
          static_cast<void>(import_all());
        } catch (const StartError& error) {
          EXPECT_THAT(error.what(), HasSubstr("is guildhall's already"));
          throw;
        }
      },
      StartError);
  expect_imported();
}

TEST_F(SequelizeImportTest, IsNotDoneWhileAnotherProgramHasTheDatabaseOpen) {
  const auto other = connect();
  *other << "SELECT 1 FROM users";
  EXPECT_THROW(static_cast<void>(import_all()), soci::soci_error);
  EXPECT_EQ(one("SELECT username FROM users"), "ada");
}

TEST_F(SequelizeImportTest, SomebodyElsesDatabaseIsLeftAlone) {
  execute("ALTER TABLE users RENAME COLUMN username TO login");
  EXPECT_THROW(static_cast<void>(import_all()), StartError);
  EXPECT_EQ(one("SELECT login FROM users"), "ada");
}

TEST_F(SequelizeImportTest, ANameThatIsTakenStopsItBeforeAnythingIsChanged) {
  execute("CREATE TABLE sequelize_logs (id INTEGER)");
  EXPECT_THROW(static_cast<void>(import_all()), StartError);
  EXPECT_EQ(one("SELECT username FROM users"), "ada");
}

TEST_F(SequelizeImportTest, AStartOnSuchADatabaseNamesTheWayOut) {
  try {
    static_cast<void>(test_database_.open());
    FAIL() << "started";
  } catch (const StartError& error) {
    EXPECT_THAT(error.what(), HasSubstr("`guildhall migrate --adopt`"));
  }
  EXPECT_EQ(one("SELECT username FROM users"), "ada");
}

}  // namespace
}  // namespace guildhall::domain
