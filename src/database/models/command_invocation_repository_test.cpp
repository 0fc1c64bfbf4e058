#include "database/models/command_invocation_repository.hpp"

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

class CommandInvocationRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  CommandInvocationRepositoryTest() {
    run(guilds_.follow({{GuildId{1}, "Workshop", {}}}, {}));
    command_ = run(test_support::create_command(commands_, GuildId{1}, "roll")).value().id;
  }

  void insert(CommandInvocation invocation) {
    std::promise<std::exception_ptr> ended;
    invocations_.start_insert(std::move(invocation),
                              [&ended](std::exception_ptr error) { ended.set_value(std::move(error)); });
    EXPECT_EQ(ended.get_future().get(), nullptr);
  }

  [[nodiscard]] CommandInvocation invocation(std::uint64_t id, std::chrono::milliseconds life = 1h) const {
    const auto now = test_database_.clock.now();
    return {MessageId{id}, command_, UserId{5}, R"(["one","two"])", now, now + life};
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  GuildRepository guilds_{*database_};
  CommandRepository commands_{*database_};
  CommandInvocationRepository invocations_{*database_};
  CommandId command_;
};

TEST_P(CommandInvocationRepositoryTest, KeepsAnInvocation) {
  insert(invocation(UINT64_MAX));
  const auto found = run(invocations_.find(command_, MessageId{UINT64_MAX}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, MessageId{UINT64_MAX});
  EXPECT_EQ(found->user_id, UserId{5});
  EXPECT_EQ(found->args, R"(["one","two"])");
  EXPECT_EQ(found->created_at, test_database_.clock.now());
  EXPECT_FALSE(run(invocations_.find(command_, MessageId{2})));
  EXPECT_FALSE(run(invocations_.find(CommandId{command_.value() + 1}, MessageId{UINT64_MAX})));
}

TEST_P(CommandInvocationRepositoryTest, TheFirstOfAMessageStays) {
  insert(invocation(1));
  auto again = invocation(1);
  again.args = "[]";
  insert(again);
  EXPECT_EQ(run(invocations_.find(command_, MessageId{1}))->args, R"(["one","two"])");
}

TEST_P(CommandInvocationRepositoryTest, GoesWithItsCommand) {
  insert(invocation(1));
  ASSERT_TRUE(run(commands_.remove(GuildId{1}, command_, {}, {})));
  EXPECT_FALSE(run(invocations_.find(command_, MessageId{1})));
  insert(invocation(2));
  EXPECT_FALSE(run(invocations_.find(command_, MessageId{2})));
}

TEST_P(CommandInvocationRepositoryTest, LeavesWhenItHasExpired) {
  for (std::uint64_t id = 1; id <= 600; ++id) insert(invocation(id, 1min));
  insert(invocation(1000, 48h));
  test_database_.clock.advance(25h);
  invocations_.purge_expired();
  EXPECT_TRUE(test::eventually([&] { return !run(invocations_.find(command_, MessageId{600})); }));
  EXPECT_TRUE(test::eventually([&] { return !run(invocations_.find(command_, MessageId{1})); }));
  EXPECT_TRUE(run(invocations_.find(command_, MessageId{1000})));
}

INSTANTIATE_TEST_SUITE_P(Dialects, CommandInvocationRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
