#include "domain/admins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "database/test_support.hpp"
#include "testing/log_capture.hpp"

namespace guildhall::domain {
namespace {

using base::Errc;
using base::UserId;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr UserId lovelace{2};
constexpr UserId hopper{3};

class AdminsTest : public ::testing::Test {
 protected:
  AdminsTest() {
    logger_.attach(log_);
    for (const auto id : {lovelace, hopper}) {
      database::DiscordProfile profile;
      profile.id = id;
      profile.username = "somebody";
      test::run(users_.save_login(std::move(profile), "", database::AdminGrant::leave));
    }
  }
  [[nodiscard]] Admins admins_of(std::vector<UserId> listed) { return {users_, std::move(listed), {logger_, "app"}}; }

  database::test_support::TestDatabase files_;
  std::shared_ptr<test::LogCapture> log_ = std::make_shared<test::LogCapture>();
  base::Logger logger_{files_.clock, base::LogLevel::debug};
  std::unique_ptr<database::Database> database_ = files_.open();
  database::UserRepository users_{*database_};
};

TEST_F(AdminsTest, TheListIsAppliedAndLogged) {
  test::run(admins_of({lovelace}).apply_list());
  EXPECT_THAT(test::run(users_.admins()), SizeIs(1));
  EXPECT_TRUE(log_->has("Granted role ADMIN: ADMIN_USER_IDS names the user"));
  test::run(admins_of({}).apply_list());
  EXPECT_THAT(test::run(users_.admins()), SizeIs(0));
  EXPECT_TRUE(log_->has("Revoked role ADMIN: ADMIN_USER_IDS does not name the user any more"));
}

TEST_F(AdminsTest, TheListMayChange) {
  auto admins = admins_of({lovelace});
  test::run(admins.apply_list());
  admins.replace_list({hopper});
  EXPECT_EQ(admins.grant_at_login(lovelace), database::AdminGrant::leave);
  test::run(admins.apply_list());
  const auto held = test::run(users_.admins());
  ASSERT_THAT(held, SizeIs(1));
  EXPECT_EQ(held[0].id, hopper);
}

TEST_F(AdminsTest, ALoginGrantsWhatTheListSays) {
  EXPECT_EQ(admins_of({lovelace}).grant_at_login(lovelace), database::AdminGrant::grant);
  EXPECT_EQ(admins_of({lovelace}).grant_at_login(hopper), database::AdminGrant::leave);
}

TEST_F(AdminsTest, WhoIsAddedStaysUntilRemoved) {
  auto admins = admins_of({});
  EXPECT_TRUE(test::run(admins.add(lovelace)));
  test::run(admins.apply_list());
  EXPECT_THAT(test::run(admins.list()), SizeIs(1));
  EXPECT_TRUE(test::run(admins.remove(lovelace)));
  EXPECT_EQ(test::run(admins.remove(lovelace)).error().code, Errc::not_found);
}

TEST_F(AdminsTest, SomebodyUnknownCannotBeAdded) {
  const auto added = test::run(admins_of({}).add(UserId{404}));
  EXPECT_EQ(added.error().code, Errc::not_found);
  EXPECT_THAT(added.error().message, HasSubstr("ADMIN_USER_IDS"));
}

TEST_F(AdminsTest, WhoIsListedCannotBeRemoved) {
  auto admins = admins_of({lovelace});
  test::run(admins.apply_list());
  EXPECT_EQ(test::run(admins.remove(lovelace)).error().code, Errc::conflict);
  EXPECT_THAT(test::run(admins.list()), SizeIs(1));
}

TEST_F(AdminsTest, AnAdminGrantsAndRevokesButNotTheirOwnRole) {
  auto admins = admins_of({lovelace});
  test::run(admins.apply_list());
  EXPECT_TRUE(test::run(admins.grant(lovelace, hopper)));
  EXPECT_TRUE(log_->has("Granted role ADMIN user=3 by=2"));
  const auto own = test::run(admins.revoke(hopper, hopper));
  EXPECT_EQ(own.error().code, Errc::conflict);
  EXPECT_THAT(own.error().message, HasSubstr("yourself"));
  EXPECT_THAT(test::run(admins.list()), SizeIs(2));
  EXPECT_TRUE(test::run(admins.revoke(lovelace, hopper)));
  EXPECT_TRUE(log_->has("Revoked role ADMIN user=3 by=2"));
  EXPECT_EQ(test::run(admins.revoke(hopper, lovelace)).error().code, Errc::conflict) << "ADMIN_USER_IDS names them";
}

}  // namespace
}  // namespace guildhall::domain
