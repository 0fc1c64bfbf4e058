#include "database/migrator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include <algorithm>
#include <array>
#include <thread>

#include "database/dialect.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr std::array<Migration, 2> two_steps{{
    {1, "one", "CREATE TABLE first (id {serial});\n"},
    {2, "two", "CREATE TABLE second (id {id});\nINSERT INTO second (id) VALUES (7);\n"},
}};

class MigratorTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  MigratorTest() { dialect_->prepare(); }

  [[nodiscard]] std::unique_ptr<soci::session> connect() const { return dialect_->connect(Access::write); }
  void migrate_to(std::span<const Migration> steps) const {
    const auto sql = connect();
    migrate(*sql, *dialect_, steps, test_database_.clock.now());
  }
  [[nodiscard]] std::vector<std::string> tables() const {
    const auto sql = connect();
    std::vector<std::string> names;
    std::string name;
    soci::statement statement =
        (sql->prepare << (on_mariadb() ? "SELECT table_name FROM information_schema.tables WHERE table_schema = "
                                         "DATABASE() AND table_name <> 'schema_progress'"
                                       : "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE "
                                         "'sqlite_%'"),
         soci::into(name));
    statement.execute();
    while (statement.fetch()) names.push_back(name);
    return names;
  }
  [[nodiscard]] int rows_of_second() const {
    int rows = 0;
    *connect() << "SELECT COUNT(*) FROM second", soci::into(rows);
    return rows;
  }
  [[nodiscard]] static bool on_mariadb() { return GetParam() == config::Dialect::mariadb; }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Dialect> dialect_ = make_dialect(test_database_.options());
};

TEST_P(MigratorTest, MakesAllTablesInAnEmptyDatabase) {
  migrate_to(migrations());
  EXPECT_THAT(tables(), UnorderedElementsAre("schema_migrations", "users", "roles", "user_roles", "guilds", "commands",
                                             "logs", "spent_tokens", "changes", "gateway_sessions",
                                             "gateway_identifies", "calls", "kept_tokens", "sessions", "command_uses"));
  EXPECT_EQ(schema_version(*connect()), static_cast<std::int64_t>(migrations().size()));
}

TEST_P(MigratorTest, KnownMigrationsAreNumberedFromOneWithoutGaps) {
  std::int64_t expected = 1;
  for (const auto& step : migrations()) EXPECT_EQ(step.number, expected++);
}

TEST_P(MigratorTest, RolesFromBeforeTheyHadASourceGetOne) {
  const auto before_sources =
      std::ranges::find(migrations(), std::string_view("role_sources"), &Migration::name) - migrations().begin();
  migrate_to(migrations().first(static_cast<std::size_t>(before_sources)));
  const auto sql = connect();
  for (const char* statement :
       {"INSERT INTO users (id, username, created_at, updated_at) VALUES (1, 'ada', '2026-01-31 12:00:00', "
        "'2026-01-31 12:00:00'), (2, 'grace', '2026-01-31 12:00:00', '2026-01-31 12:00:00')",
        "INSERT INTO roles (name) VALUES ('user'), ('helper')",
        "INSERT INTO user_roles (user_id, role_id) SELECT 1, id FROM roles"}) {
    *sql << statement;
  }
  migrate_to(migrations());
  long long user = 0;
  std::string role;
  std::string source;
  std::string found;
  soci::statement statement =
      (sql->prepare << "SELECT user_id, name, source FROM user_roles JOIN roles ON id = role_id "
                       "ORDER BY user_id, name",
       soci::into(user), soci::into(role), soci::into(source));
  statement.execute();
  while (statement.fetch()) found += std::to_string(user) + " " + role + " " + source + "\n";
  EXPECT_EQ(found, "1 ADMIN list\n1 USER adopted\n1 helper adopted\n2 USER login\n");
}

TEST_P(MigratorTest, DoesNothingTheSecondTime) {
  migrate_to(two_steps);
  migrate_to(two_steps);
  EXPECT_EQ(rows_of_second(), 1);
}

TEST_P(MigratorTest, AppliesOnlyWhatIsNew) {
  migrate_to(std::span(two_steps).first(1));
  EXPECT_THAT(tables(), UnorderedElementsAre("schema_migrations", "first"));
  migrate_to(two_steps);
  EXPECT_THAT(tables(), UnorderedElementsAre("schema_migrations", "first", "second"));
}

TEST_P(MigratorTest, SeveralAtOnceMigrateOnce) {
  std::vector<std::thread> starters;
  for (int i = 0; i < 6; ++i) starters.emplace_back([this] { migrate_to(two_steps); });
  for (auto& starter : starters) starter.join();
  EXPECT_EQ(rows_of_second(), 1);
}

TEST_P(MigratorTest, RefusesTheSchemaOfANewerProgram) {
  migrate_to(two_steps);
  try {
    migrate_to(std::span(two_steps).first(1));
    FAIL() << "accepted";
  } catch (const StartError& error) {
    EXPECT_THAT(error.what(), HasSubstr("was made by a newer guildhall (its schema is 2, this one knows up to 1)"));
  }
}

TEST_P(MigratorTest, AStepThatFailsHalfWayLeavesTheFormerVersion) {
  const std::array<Migration, 2> failing{{
      two_steps[0],
      {2, "broken", "CREATE TABLE second (id {id});\nINSERT INTO nowhere (id) VALUES (7);\n"},
  }};
  EXPECT_THROW(migrate_to(failing), StartError);
  // Where statements commit themselves, those before the one that failed are in the way of nobody.
  if (!on_mariadb()) {
    EXPECT_THAT(tables(), UnorderedElementsAre("schema_migrations", "first"));
  }
  EXPECT_EQ(schema_version(*connect()), 1);
  migrate_to(std::span(two_steps).first(1));
  EXPECT_THROW(migrate_to(failing), StartError);
  migrate_to(two_steps);
  EXPECT_EQ(schema_version(*connect()), 2);
  EXPECT_EQ(rows_of_second(), 1);
}

TEST_P(MigratorTest, AStepWhoseProgramWasKilledGoesOn) {
  if (!on_mariadb()) GTEST_SKIP() << "is undone as a whole";
  migrate_to(std::span(two_steps).first(1));
  const auto sql = connect();
  *sql << "CREATE TABLE second (id BIGINT UNSIGNED)";
  // As it is when the program is killed between a statement and the note that it was done.
  *sql << "INSERT INTO schema_progress (number, done, in_doubt) VALUES (2, 0, 1)";
  migrate_to(two_steps);
  EXPECT_EQ(schema_version(*sql), 2);
  EXPECT_EQ(rows_of_second(), 1);
}

TEST_P(MigratorTest, SaysWhatIsWrongWhereTheTablesOfAnotherProgramAreInTheWay) {
  *connect() << "CREATE TABLE users (name TEXT)";
  try {
    migrate_to(migrations());
    FAIL() << "accepted";
  } catch (const StartError& error) {
    EXPECT_THAT(error.what(), HasSubstr("already exists"));
  }
}

INSTANTIATE_TEST_SUITE_P(Dialects, MigratorTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
