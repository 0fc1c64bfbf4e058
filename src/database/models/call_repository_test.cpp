#include "database/models/call_repository.hpp"

#include <gtest/gtest.h>

#include <future>

#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::CommandId;
using base::GuildId;
using base::UserId;
using discord::MessageId;
using test::run;
using namespace std::chrono_literals;

class CallRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  CallRepositoryTest() {
    run(guilds_.follow({{GuildId{1}, "Workshop", {}}}, {}));
    command_ = run(commands_.create(GuildId{1}, "roll", R"({"content":"x"})", {})).value().id;
  }

  void insert(Call call) {
    std::promise<std::exception_ptr> ended;
    calls_.start_insert(std::move(call), [&ended](std::exception_ptr error) { ended.set_value(std::move(error)); });
    EXPECT_EQ(ended.get_future().get(), nullptr);
  }

  [[nodiscard]] Call call(std::uint64_t id, std::chrono::milliseconds life = 1h) const {
    const auto now = surroundings_.clock.now();
    return {MessageId{id}, command_, UserId{5}, R"(["one","two"])", now, now + life};
  }

  testing::Surroundings surroundings_{testing::server_for(GetParam())};
  std::unique_ptr<Database> database_ = surroundings_.open();
  GuildRepository guilds_{*database_};
  CommandRepository commands_{*database_};
  CallRepository calls_{*database_};
  CommandId command_;
};

TEST_P(CallRepositoryTest, KeepsACall) {
  insert(call(UINT64_MAX));
  const auto found = run(calls_.find(command_, MessageId{UINT64_MAX}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, MessageId{UINT64_MAX});
  EXPECT_EQ(found->user_id, UserId{5});
  EXPECT_EQ(found->args, R"(["one","two"])");
  EXPECT_EQ(found->created_at, surroundings_.clock.now());
  EXPECT_FALSE(run(calls_.find(command_, MessageId{2})));
  EXPECT_FALSE(run(calls_.find(CommandId{command_.value() + 1}, MessageId{UINT64_MAX})));
}

TEST_P(CallRepositoryTest, TheFirstOfAMessageStays) {
  insert(call(1));
  auto again = call(1);
  again.args = "[]";
  insert(again);
  EXPECT_EQ(run(calls_.find(command_, MessageId{1}))->args, R"(["one","two"])");
}

TEST_P(CallRepositoryTest, GoesWithItsCommand) {
  insert(call(1));
  ASSERT_TRUE(run(commands_.remove(GuildId{1}, command_, {})));
  EXPECT_FALSE(run(calls_.find(command_, MessageId{1})));
  insert(call(2));
  EXPECT_FALSE(run(calls_.find(command_, MessageId{2})));
}

TEST_P(CallRepositoryTest, LeavesWhenItHasExpired) {
  for (std::uint64_t id = 1; id <= 600; ++id) insert(call(id, 1min));
  insert(call(1000));
  surroundings_.clock.advance(2min);
  calls_.do_upkeep();
  EXPECT_TRUE(test::eventually([&] { return !run(calls_.find(command_, MessageId{600})); }));
  EXPECT_TRUE(test::eventually([&] { return !run(calls_.find(command_, MessageId{1})); }));
  EXPECT_TRUE(run(calls_.find(command_, MessageId{1000})));
}

INSTANTIATE_TEST_SUITE_P(Dialects, CallRepositoryTest, ::testing::ValuesIn(testing::dialects()),
                         testing::DialectName());

}  // namespace
}  // namespace guildhall::database
