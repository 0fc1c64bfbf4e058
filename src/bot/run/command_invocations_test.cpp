#include "bot/run/command_invocations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/test_support.hpp"

namespace guildhall::bot {
namespace {

using base::CommandId;
using base::GuildId;
using base::UserId;
using discord::MessageId;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

class CommandInvocationsTest : public ::testing::Test {
 protected:
  CommandInvocationsTest() {
    store_.make_guild(GuildId{1});
    command_ = store_.make_command(GuildId{1}, "roll").id;
  }

  void keep(std::uint64_t id, std::chrono::seconds lifetime = 1h) {
    invocations_.keep({InvocationId{id}, command_, UserId{5}, {"one", "two \"2\""}, lifetime});
  }

  std::vector<std::string> args(CommandInvocations& invocations, std::uint64_t id) {
    return loop_.run(invocations.args(command_, InvocationId{id}));
  }

  [[nodiscard]] bool written(std::uint64_t id) {
    return loop_.until([&] { return test::run(store_.invocations.find(command_, MessageId{id})).has_value(); });
  }

  test_support::Store store_;
  test::TestLoop loop_;
  CommandId command_;
  CommandInvocations invocations_{store_.invocations, store_.test_database.clock, store_.log};
};

TEST_F(CommandInvocationsTest, AreKnownAtOnceAndAfterARestart) {
  keep(1);
  const auto reads = store_.database->counters().reads;
  EXPECT_THAT(args(invocations_, 1), ElementsAre("one", "two \"2\""));
  EXPECT_EQ(store_.database->counters().reads, reads);
  ASSERT_TRUE(written(1));
  CommandInvocations later(store_.invocations, store_.test_database.clock, store_.log);
  EXPECT_THAT(args(later, 1), ElementsAre("one", "two \"2\""));
  EXPECT_THAT(args(later, 2), IsEmpty());
}

TEST_F(CommandInvocationsTest, BelongToOneCommand) {
  keep(1);
  EXPECT_THAT(loop_.run(invocations_.args(CommandId{command_.value() + 1}, InvocationId{1})), IsEmpty());
}

TEST_F(CommandInvocationsTest, LiveAsLongAsTheirComponents) {
  keep(1, 60s);
  ASSERT_TRUE(written(1));
  const auto row = test::run(store_.invocations.find(command_, MessageId{1}));
  EXPECT_EQ(row->expires_at - row->created_at, 60s);
}

TEST_F(CommandInvocationsTest, AreBoundedInMemory) {
  for (std::uint64_t id = 1; id <= CommandInvocations::capacity + 1; ++id) keep(id);
  ASSERT_TRUE(written(CommandInvocations::capacity + 1));
  const auto reads = store_.database->counters().reads;
  EXPECT_THAT(args(invocations_, 2), ElementsAre("one", "two \"2\""));
  EXPECT_EQ(store_.database->counters().reads, reads);
  EXPECT_THAT(args(invocations_, 1), ElementsAre("one", "two \"2\""));
  EXPECT_EQ(store_.database->counters().reads, reads + 1);
}

TEST_F(CommandInvocationsTest, DoNotNeedTheDatabase) {
  store_.database->close();
  keep(1);
  EXPECT_THAT(args(invocations_, 1), ElementsAre("one", "two \"2\""));
  EXPECT_THAT(args(invocations_, 2), IsEmpty());
  EXPECT_TRUE(store_.records->has("Cannot save the arguments"));
}

}  // namespace
}  // namespace guildhall::bot
