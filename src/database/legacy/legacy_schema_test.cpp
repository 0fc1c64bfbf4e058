#include "database/legacy/legacy_schema.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace guildhall::database::legacy {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> own{"schema_migrations", "users", "user_roles", "guilds", "logs", "changes"};

Table table(std::string name, const std::vector<std::string>& columns) {
  Table made{std::move(name), {}};
  for (const auto& column : columns) made.columns.push_back({column, "VARCHAR(255)", true});
  return made;
}

const Table users = table("users", {"id", "username", "refresh_token", "locale", "created_at"});
const Table guilds = table("guilds", {"id", "name", "prefix"});

TEST(LegacySchema, ADatabaseWithoutTablesIsNobodys) {
  EXPECT_EQ(recognise({}, own).maker, Maker::nobody);
  EXPECT_EQ(recognise({{table("posts", {"id"})}, 0}, own).maker, Maker::nobody);
}

TEST(LegacySchema, ADatabaseWithOurMigrationsIsOurs) {
  EXPECT_EQ(recognise({{users, guilds}, 4}, own).maker, Maker::guildhall);
  EXPECT_EQ(recognise({{users, table("schema_progress", {"number"})}, 0}, own).maker, Maker::guildhall)
      << "the first migration was interrupted";
}

TEST(LegacySchema, TheModelsAreKnownByTheirColumns) {
  const auto finding = recognise({{guilds, users}, 0}, own);
  ASSERT_EQ(finding.maker, Maker::sequelize);
  ASSERT_EQ(finding.tables.size(), 2U);
  EXPECT_EQ(finding.tables[0].model, "users") << "in an order in which none refers to a later one";
  EXPECT_EQ(finding.tables[0].columns.at("refresh_token").name, "refresh_token");
  EXPECT_FALSE(finding.tables[0].columns.contains("avatar"));
  EXPECT_THAT(finding.conflicting, ElementsAre("users", "guilds"));
}

TEST(LegacySchema, NamesMayBeInCamelCase) {
  const auto roles = table("UserRoles", {"userId", "roleId", "createdAt"});
  const auto finding = recognise({{users, guilds, roles}, 0}, own);
  ASSERT_EQ(finding.maker, Maker::sequelize);
  ASSERT_EQ(finding.tables.size(), 3U);
  EXPECT_EQ(finding.tables[1].columns.at("user_id").name, "userId");
  EXPECT_THAT(finding.conflicting, ElementsAre("users", "UserRoles", "guilds"));
}

TEST(LegacySchema, WhatElseIsInOurWayIsSetAsideToo) {
  const auto finding =
      recognise({{users, guilds, table("changes", {"what"}), table("SequelizeMeta", {"name"})}, 0}, own);
  ASSERT_EQ(finding.maker, Maker::sequelize);
  EXPECT_THAT(finding.conflicting, ElementsAre("users", "guilds", "changes"));
}

TEST(LegacySchema, OtherTablesOfTheseNamesAreSomebodyElses) {
  const auto no_username = recognise({{table("users", {"id", "login"}), guilds}, 0}, own);
  EXPECT_EQ(no_username.maker, Maker::unknown);
  EXPECT_EQ(no_username.reason, "its table users has no column username");
  const auto no_guilds = recognise({{users}, 0}, own);
  EXPECT_EQ(no_guilds.maker, Maker::unknown);
  EXPECT_EQ(no_guilds.reason, "it has no table guilds");
  const auto undated = recognise({{users, guilds, table("logs", {"id", "level", "message"})}, 0}, own);
  EXPECT_EQ(undated.reason, "its table logs has no column date");
}

TEST(LegacySchema, TablesThatAreBeingCopiedAreKnownWhateverElseIsThere) {
  auto set_aside = users;
  set_aside.name = "adopting_users";
  auto other = guilds;
  other.name = "adopting_guilds";
  const auto finding = recognise({{set_aside, other, users, guilds}, 4}, own);
  EXPECT_EQ(finding.maker, Maker::interrupted);
  EXPECT_THAT(finding.reason, IsEmpty());
  ASSERT_EQ(finding.tables.size(), 2U);
  EXPECT_EQ(finding.tables[0].name, "adopting_users");
  EXPECT_THAT(finding.conflicting, ElementsAre("users", "guilds"));
}

}  // namespace
}  // namespace guildhall::database::legacy
