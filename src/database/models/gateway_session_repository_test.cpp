#include "database/models/gateway_session_repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using discord::SavedSession;
using std::chrono::hours;
using test::run;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class GatewaySessionRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  [[nodiscard]] SavedSession session(unsigned shard, std::uint64_t sequence) const {
    return {shard,
            2,
            0x83FFFFFFU,
            {"id-" + std::to_string(shard), "wss://resume.example/", sequence},
            test_database_.clock.now()};
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  GatewaySessionRepository sessions_{*database_};
};

TEST_P(GatewaySessionRepositoryTest, WhatIsSavedIsLoaded) {
  EXPECT_THAT(run(sessions_.load("bot")), IsEmpty());
  run(sessions_.save("bot", {session(1, 7), session(0, std::uint64_t{1} << 40)}));
  EXPECT_THAT(run(sessions_.load("bot")), ElementsAre(session(0, std::uint64_t{1} << 40), session(1, 7)));
}

TEST_P(GatewaySessionRepositoryTest, SavingReplacesAllOfTheBotAndNothingElse) {
  run(sessions_.save("bot", {session(0, 1), session(1, 1)}));
  run(sessions_.save("other", {session(0, 9)}));
  run(sessions_.save("bot", {session(1, 2)}));
  EXPECT_THAT(run(sessions_.load("bot")), ElementsAre(session(1, 2)));
  EXPECT_THAT(run(sessions_.load("other")), ElementsAre(session(0, 9)));
  run(sessions_.save("bot", {}));
  EXPECT_THAT(run(sessions_.load("bot")), IsEmpty());
}

TEST_P(GatewaySessionRepositoryTest, AnotherProcessFindsThem) {
  run(sessions_.save("bot", {session(0, 3)}));
  const auto other_database = test_database_.open();
  GatewaySessionRepository others{*other_database};
  EXPECT_THAT(run(others.load("bot")), ElementsAre(session(0, 3)));
}

TEST_P(GatewaySessionRepositoryTest, CountsStartsWithinAWindow) {
  const auto first = test_database_.clock.now();
  run(sessions_.add_identify("bot", first, first - hours(24)));
  run(sessions_.add_identify("bot", first, first - hours(24)));
  run(sessions_.add_identify("other", first, first - hours(24)));
  run(sessions_.add_identify("bot", first + hours(1), first - hours(23)));
  EXPECT_THAT(run(sessions_.identifies("bot", first - hours(1))), ElementsAre(first, first, first + hours(1)));
  EXPECT_THAT(run(sessions_.identifies("bot", first)), ElementsAre(first + hours(1)));

  run(sessions_.add_identify("bot", first + hours(25), first + hours(1)));
  EXPECT_THAT(run(sessions_.identifies("bot", first - hours(1))), ElementsAre(first + hours(1), first + hours(25)))
      << "those of the day before yesterday are of no use";
  EXPECT_THAT(run(sessions_.identifies("other", first - hours(1))), ElementsAre(first));
}

INSTANTIATE_TEST_SUITE_P(Dialects, GatewaySessionRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
