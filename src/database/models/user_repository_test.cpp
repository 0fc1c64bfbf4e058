#include "database/models/user_repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::UserId;
using test::eventually;
using test::run;

class UserRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  static DiscordProfile ada() {
    return {UserId{2000000000000000001}, "ada", "Ada Lovelace", "a1b2", "ada@example.com"};
  }
  std::shared_ptr<const User> log_in(const DiscordProfile& profile, AdminGrant admin = AdminGrant::leave) {
    return run(users_.save_login(profile, "sealed", admin));
  }

  test_support::TestDatabase test_database_{test_support::server_for(GetParam())};
  std::unique_ptr<Database> database_ = test_database_.open();
  UserRepository users_{*database_};
};

TEST_P(UserRepositoryTest, FindsNobodyWhoHasNotLoggedIn) { EXPECT_EQ(run(users_.find(ada().id)), nullptr); }

TEST_P(UserRepositoryTest, KeepsAPersonWhoLogsIn) {
  const auto saved = log_in(ada());
  const auto found = run(users_.find(ada().id));
  for (const auto& user : {saved, found}) {
    ASSERT_TRUE(user);
    EXPECT_EQ(user->id, ada().id);
    EXPECT_EQ(user->username, "ada");
    EXPECT_EQ(user->global_name, "Ada Lovelace");
    EXPECT_EQ(user->avatar, "a1b2");
    EXPECT_EQ(user->email, "ada@example.com");
    EXPECT_TRUE(user->roles.empty());
    EXPECT_EQ(user->created_at, test_database_.clock.now());
    EXPECT_EQ(user->updated_at, test_database_.clock.now());
  }
}

TEST_P(UserRepositoryTest, ALaterLoginBringsTheRowUpToDate) {
  const auto first = log_in(ada());
  EXPECT_EQ(run(users_.find(ada().id))->username, "ada");
  test_database_.clock.advance(std::chrono::hours(1));
  log_in({ada().id, "countess \U0001F469\u200D\U0001F4BB", {}, {}, {}});
  const auto user = run(users_.find(ada().id));
  EXPECT_EQ(user->username, "countess \U0001F469\u200D\U0001F4BB");
  EXPECT_EQ(user->global_name, std::nullopt);
  EXPECT_EQ(user->email, std::nullopt);
  EXPECT_EQ(user->created_at, first->created_at);
  EXPECT_EQ(user->updated_at, test_database_.clock.now());
}

TEST_P(UserRepositoryTest, KeepsIdsUpToTheHighest) {
  for (const std::uint64_t id : {std::uint64_t{0}, std::uint64_t{1} << 63, UINT64_MAX}) {
    log_in({UserId{id}, "edge", {}, {}, {}}, AdminGrant::grant);
    const auto user = run(users_.find(UserId{id}));
    ASSERT_TRUE(user) << id;
    EXPECT_EQ(user->id.value(), id);
    EXPECT_EQ(user->roles.size(), 1U);
  }
}

TEST_P(UserRepositoryTest, AnswersASecondTimeFromMemory) {
  log_in(ada());
  ASSERT_TRUE(eventually([&] {
    const auto reads = database_->counters().reads;
    run(users_.find(ada().id));
    run(users_.find(ada().id));
    return database_->counters().reads == reads;
  }));
  EXPECT_GE(users_.cache_counters().hits, 2U);
}

TEST_P(UserRepositoryTest, GrantsAdminAtALoginOnceAndNeverTakesItAway) {
  log_in(ada(), AdminGrant::grant);
  log_in(ada(), AdminGrant::grant);
  const auto user = log_in(ada(), AdminGrant::leave);
  ASSERT_EQ(user->roles.size(), 1U);
  EXPECT_EQ(user->roles.front().name, admin_role);
}

TEST_P(UserRepositoryTest, GrantsAdminToThoseWhoAreThere) {
  log_in(ada());
  EXPECT_TRUE(run(users_.find(ada().id))->roles.empty());
  run(users_.grant_admin({ada().id, UserId{404}}));
  EXPECT_EQ(run(users_.find(ada().id))->roles.size(), 1U);
  EXPECT_EQ(run(users_.find(UserId{404})), nullptr);
}

TEST_P(UserRepositoryTest, KeepsTheRefreshTokenOfTheLastLoginUntilItIsReplaced) {
  EXPECT_EQ(run(users_.refresh_token(ada().id)), std::nullopt);
  log_in(ada());
  EXPECT_EQ(run(users_.refresh_token(ada().id)), "sealed");
  run(users_.replace_refresh_token(ada().id, "sealed again"));
  EXPECT_EQ(run(users_.refresh_token(ada().id)), "sealed again");
  run(users_.replace_refresh_token(ada().id, std::nullopt));
  EXPECT_EQ(run(users_.refresh_token(ada().id)), std::nullopt);
}

TEST_P(UserRepositoryTest, SeesWhatAnotherProcessChanges) {
  log_in(ada());
  EXPECT_TRUE(run(users_.find(ada().id))->roles.empty());
  const auto other_database = test_database_.open();
  UserRepository others{*other_database};
  run(others.grant_admin({ada().id}));
  EXPECT_TRUE(eventually([&] { return run(users_.find(ada().id))->roles.size() == 1; }));
}

INSTANTIATE_TEST_SUITE_P(Dialects, UserRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
