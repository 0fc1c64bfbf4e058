#include "database/models/trigger_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <soci/soci.h>

#include "database/dialect.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::GuildId;
using test::run;
using ::testing::ElementsAre;
using ::testing::Pair;

class TriggerKeysTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  TriggerKeysTest() {
    const auto database = test_database_.open();
    GuildRepository guilds(*database);
    run(guilds.reconcile({{guild_, "Workshop", {}}, {other_guild_, "Harbour", {}}}));
  }

  /// As a guildhall without keys has it.
  void insert(soci::session& sql, GuildId guild, const std::string& trigger) {
    const unsigned long long id = guild.value();
    sql << "INSERT INTO commands (guild_id, `trigger`, response, created_at, updated_at) VALUES (:guild, :trigger, "
           "'{}', "
           "'2026-01-01 00:00:00.000', '2026-01-01 00:00:00.000')",
        soci::use(id), soci::use(trigger);
  }

  [[nodiscard]] std::vector<std::pair<std::string, bool>> commands(GuildId guild) {
    const auto database = test_database_.open();
    CommandRepository repository(*database);
    std::vector<std::pair<std::string, bool>> found;
    const auto list = run(repository.list(guild));
    for (const auto& command : *list) {
      found.emplace_back(run(repository.find(guild, command.id))->trigger_key, command.case_sensitive);
    }
    return found;
  }

  const GuildId guild_{3000000000000000001};
  const GuildId other_guild_{7};
  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Dialect> dialect_ = make_dialect(test_database_.options());
};

TEST_P(TriggerKeysTest, AreFilledInWhereTheyAreMissing) {
  dialect_->prepare();
  const auto sql = dialect_->connect(Access::write);
  for (int i = 0; i < 1234; ++i) insert(*sql, guild_, "Trigger" + std::to_string(i));
  insert(*sql, other_guild_, "caf\u00E9\u200B");
  const auto filled = fill_trigger_keys(*sql, *dialect_);
  EXPECT_EQ(filled.commands, 1235U);
  EXPECT_EQ(filled.case_sensitive, 0U);
  EXPECT_EQ(fill_trigger_keys(*sql, *dialect_).commands, 0U);
  EXPECT_THAT(commands(other_guild_), ElementsAre(Pair("caf\u00E9", false)));
  EXPECT_EQ(commands(guild_).back(), std::pair(std::string("trigger1233"), false));
}

TEST_P(TriggerKeysTest, OfCommandsThatWereDifferentKeepThemDifferent) {
  dialect_->prepare();
  const auto sql = dialect_->connect(Access::write);
  for (const auto* trigger : {"hello", "Hello", "other", "caf\u00E9", "cafe\u0301"}) insert(*sql, guild_, trigger);
  insert(*sql, other_guild_, "HELLO");
  EXPECT_EQ(fill_trigger_keys(*sql, *dialect_).case_sensitive, 2U);
  EXPECT_THAT(commands(guild_), ElementsAre(Pair("hello", true), Pair("hello", true), Pair("other", false),
                                            Pair("caf\u00E9", false), Pair("caf\u00E9", false)));
  EXPECT_THAT(commands(other_guild_), ElementsAre(Pair("hello", false)));
}

INSTANTIATE_TEST_SUITE_P(Dialects, TriggerKeysTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
