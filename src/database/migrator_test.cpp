#include "database/migrator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include <array>
#include <thread>

#include "database/dialect.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr std::array<Migration, 2> two_steps{{
    {1, "one", "CREATE TABLE first (id {serial});\n"},
    {2, "two", "CREATE TABLE second (id {id});\nINSERT INTO second (id) VALUES (7);\n"},
}};

class MigratorTest : public ::testing::Test {
 protected:
  MigratorTest() { dialect_->prepare(); }

  [[nodiscard]] std::unique_ptr<soci::session> connect() const { return dialect_->connect(Access::write); }
  void migrate_to(std::span<const Migration> steps) const {
    const auto sql = connect();
    migrate(*sql, *dialect_, steps, surroundings_.clock.now());
  }
  [[nodiscard]] std::vector<std::string> tables() const {
    const auto sql = connect();
    std::vector<std::string> names;
    std::string name;
    soci::statement statement =
        (sql->prepare << "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
         soci::into(name));
    statement.execute();
    while (statement.fetch()) names.push_back(name);
    return names;
  }

  testing::Surroundings surroundings_;
  std::unique_ptr<Dialect> dialect_ = make_dialect(surroundings_.options());
};

TEST_F(MigratorTest, MakesAllTablesInAnEmptyDatabase) {
  migrate_to(migrations());
  EXPECT_THAT(tables(),
              UnorderedElementsAre("schema_migrations", "users", "roles", "user_roles", "guilds", "commands", "logs",
                                   "spent_tokens", "changes", "gateway_sessions", "gateway_identifies", "calls"));
  EXPECT_EQ(schema_version(*connect()), static_cast<std::int64_t>(migrations().size()));
}

TEST_F(MigratorTest, KnownMigrationsAreNumberedFromOneWithoutGaps) {
  std::int64_t expected = 1;
  for (const auto& step : migrations()) EXPECT_EQ(step.number, expected++);
}

TEST_F(MigratorTest, DoesNothingTheSecondTime) {
  migrate_to(two_steps);
  migrate_to(two_steps);
  int rows = 0;
  *connect() << "SELECT COUNT(*) FROM second", soci::into(rows);
  EXPECT_EQ(rows, 1);
}

TEST_F(MigratorTest, AppliesOnlyWhatIsNew) {
  migrate_to(std::span(two_steps).first(1));
  EXPECT_THAT(tables(), UnorderedElementsAre("schema_migrations", "first"));
  migrate_to(two_steps);
  EXPECT_THAT(tables(), UnorderedElementsAre("schema_migrations", "first", "second"));
}

TEST_F(MigratorTest, SeveralAtOnceMigrateOnce) {
  std::vector<std::thread> starters;
  for (int i = 0; i < 6; ++i) starters.emplace_back([this] { migrate_to(two_steps); });
  for (auto& starter : starters) starter.join();
  int rows = 0;
  *connect() << "SELECT COUNT(*) FROM second", soci::into(rows);
  EXPECT_EQ(rows, 1);
}

TEST_F(MigratorTest, RefusesTheSchemaOfANewerProgram) {
  migrate_to(two_steps);
  try {
    migrate_to(std::span(two_steps).first(1));
    FAIL() << "accepted";
  } catch (const StartError& error) {
    EXPECT_THAT(error.what(), HasSubstr("was made by a newer guildhall (its schema is 2, this one knows up to 1)"));
  }
}

TEST_F(MigratorTest, AStepThatFailsHalfWayLeavesTheFormerVersion) {
  const std::array<Migration, 2> failing{{
      two_steps[0],
      {2, "broken", "CREATE TABLE second (id {id});\nINSERT INTO nowhere (id) VALUES (7);\n"},
  }};
  EXPECT_THROW(migrate_to(failing), StartError);
  EXPECT_THAT(tables(), UnorderedElementsAre("schema_migrations", "first"));
  EXPECT_EQ(schema_version(*connect()), 1);
  migrate_to(two_steps);
  EXPECT_EQ(schema_version(*connect()), 2);
}

TEST_F(MigratorTest, SaysWhatIsWrongWhereTheTablesOfAnotherProgramAreInTheWay) {
  *connect() << "CREATE TABLE users (name TEXT)";
  try {
    migrate_to(migrations());
    FAIL() << "accepted";
  } catch (const StartError& error) {
    EXPECT_THAT(error.what(), HasSubstr("table users already exists"));
  }
}

}  // namespace
}  // namespace guildhall::database
