#include "bot/run/command_uses.hpp"

#include <gtest/gtest.h>

#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

using base::CommandId;
using base::GuildId;

class CommandUsesTest : public ::testing::Test {
 protected:
  std::vector<database::CommandUse> rows() { return test::run(store_.uses.list(GuildId{1}, 0)); }

  test_support::Store store_;
  test::TestLoop loop_;
  CommandUses uses_{store_.uses, store_.test_database.clock, store_.log};
};

TEST_F(CommandUsesTest, AreWrittenTogether) {
  uses_.add(GuildId{1}, CommandId{7});
  uses_.add(GuildId{1}, CommandId{7});
  uses_.add_failed(GuildId{1}, CommandId{7}, "Missing Access");
  uses_.add(GuildId{1}, CommandId{8});
  const auto commits = [this] { return store_.database->counters().commits; };
  const auto before = commits();
  uses_.flush();
  ASSERT_TRUE(loop_.until([&] { return commits() == before + 1; }));
  ASSERT_EQ(rows().size(), 2U);
  EXPECT_EQ(rows()[0].uses, 3);
  EXPECT_EQ(rows()[0].failures, 1);
  EXPECT_EQ(rows()[0].last_failure, "Missing Access");
  uses_.flush();  // Nothing is left to write.
  uses_.add(GuildId{1}, CommandId{9});
  uses_.flush();
  ASSERT_TRUE(loop_.until([&] { return rows().size() == 3; }));
  EXPECT_TRUE(loop_.until([&] { return commits() >= before + 2; }));
  EXPECT_EQ(commits(), before + 2);
}

TEST_F(CommandUsesTest, BelongToTheirDay) {
  uses_.add(GuildId{1}, CommandId{7});
  store_.test_database.clock.advance(std::chrono::hours(24));
  uses_.add(GuildId{1}, CommandId{7});
  uses_.flush();
  ASSERT_TRUE(loop_.until([this] { return rows().size() == 2; }));
  EXPECT_EQ(rows()[1].day, rows()[0].day + 1);
}

TEST_F(CommandUsesTest, ReasonsAreCutToTheirColumn) {
  std::string reason;
  for (int i = 0; i < 400; ++i) reason += "é";
  uses_.add_failed(GuildId{1}, CommandId{7}, reason);
  uses_.flush();
  ASSERT_TRUE(loop_.until([this] { return rows().size() == 1; }));
  EXPECT_EQ(rows()[0].last_failure->size(), 2 * database::CommandUse::max_failure);
}

TEST_F(CommandUsesTest, AreWrittenInTheBackground) {
  loop_.spawn(uses_.run());
  uses_.add(GuildId{1}, CommandId{7});
  EXPECT_TRUE(loop_.until([this] { return rows().size() == 1; }));
}

}  // namespace
}  // namespace guildhall::bot
