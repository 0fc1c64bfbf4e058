#include "database/models/user_repository.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "database/models/session_repository.hpp"
#include "database/test_mariadb.hpp"
#include "database/test_support.hpp"

namespace guildhall::database {
namespace {

using base::UserId;
using test::eventually;
using test::run;
using ::testing::ElementsAre;
using ::testing::UnorderedElementsAre;

class UserRepositoryTest : public ::testing::TestWithParam<config::Dialect> {
 protected:
  static DiscordProfile ada() {
    return {UserId{2000000000000000001}, "ada", "Ada Lovelace", "a1b2", "ada@example.com"};
  }
  std::shared_ptr<const User> log_in(const DiscordProfile& profile, AdminGrant admin = AdminGrant::leave) {
    return run(users_.save_login(profile, "sealed", admin));
  }

  static std::vector<std::string> roles_of(const User& user) {
    std::vector<std::string> names;
    for (const auto& role : user.roles) names.push_back(role.name);
    return names;
  }
  bool is_admin(UserId id) { return std::ranges::count(roles_of(*run(users_.find(id))), admin_role) == 1; }

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
    EXPECT_THAT(roles_of(*user), ElementsAre("USER"));
    EXPECT_EQ(user->created_at, test_database_.clock.now());
    EXPECT_EQ(user->updated_at, test_database_.clock.now());
  }
}

TEST_P(UserRepositoryTest, ListsPeopleFromTheHighestIdDown) {
  for (std::uint64_t id = 1; id <= 5; ++id) log_in({UserId{id}, "person" + std::to_string(id), {}, {}, {}});
  run(users_.add_admin(UserId{4}));
  const auto names = [this](UserFilter filter) {
    std::vector<std::string> all;
    for (const auto& user : run(users_.list(std::move(filter)))) all.push_back(user.username);
    return all;
  };
  EXPECT_THAT(names({.limit = 2}), ElementsAre("person5", "person4"));
  EXPECT_THAT(names({.before = UserId{4}, .limit = 2}), ElementsAre("person3", "person2"));
  EXPECT_THAT(names({.before = UserId{1}}), ElementsAre());
  const auto user = run(users_.list({.limit = 2}))[1];
  ASSERT_EQ(user.roles.size(), 2U);
  EXPECT_EQ(user.roles[0].name, admin_role);
  EXPECT_EQ(user.created_at, test_database_.clock.now());
  EXPECT_FALSE(user.last_seen_at);
}

TEST_P(UserRepositoryTest, FindsPeopleByIdOrAPartOfAName) {
  log_in(ada());
  log_in({UserId{3}, "grace_h", "Grace Hopper", {}, {}});
  log_in({UserId{4}, "graceXh", {}, {}, {}});
  const auto found = [this](std::string search) {
    std::vector<std::string> all;
    for (const auto& user : run(users_.list({.search = std::move(search)}))) all.push_back(user.username);
    return all;
  };
  EXPECT_THAT(found("LOVE"), ElementsAre("ada"));
  EXPECT_THAT(found("race"), ElementsAre("graceXh", "grace_h"));
  EXPECT_THAT(found("e_h"), ElementsAre("grace_h")) << "no wildcard";
  EXPECT_THAT(found("%"), ElementsAre());
  EXPECT_THAT(found("2000000000000000001"), ElementsAre("ada"));
  EXPECT_THAT(found("3"), ElementsAre("grace_h"));
  EXPECT_THAT(found("nobody"), ElementsAre());
}

TEST_P(UserRepositoryTest, SaysWhenAPersonWasSeenLast) {
  log_in(ada());
  SessionRepository sessions(*database_);
  const auto now = test_database_.clock.now();
  const auto later = now + std::chrono::minutes(5);
  run(sessions.save({"one", ada().id, "Firefox", now, later, later}));
  run(sessions.save({"two", ada().id, "Firefox", now, now, later}));
  run(sessions.save({"other", UserId{3}, "Firefox", now, later + std::chrono::hours(1), later}));
  ASSERT_EQ(run(users_.list({})).size(), 1U);
  EXPECT_EQ(run(users_.list({}))[0].last_seen_at, later);
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
    EXPECT_EQ(user->roles.size(), 2U);
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
  EXPECT_THAT(roles_of(*log_in(ada(), AdminGrant::leave)), UnorderedElementsAre("ADMIN", "USER"));
}

TEST_P(UserRepositoryTest, TheListGrantsAdminToThoseWhoHaveLoggedIn) {
  log_in(ada());
  EXPECT_FALSE(is_admin(ada().id));
  const auto made = run(users_.apply_admin_list({ada().id, UserId{404}}));
  EXPECT_THAT(made.granted, ElementsAre(ada().id));
  EXPECT_TRUE(is_admin(ada().id));
  EXPECT_EQ(run(users_.find(UserId{404})), nullptr);
  EXPECT_TRUE(run(users_.apply_admin_list({ada().id})).granted.empty()) << "the second time nothing changes";
}

TEST_P(UserRepositoryTest, WhatCameFromTheListGoesWithIt) {
  log_in(ada(), AdminGrant::grant);
  log_in({UserId{5}, "grace", {}, {}, {}});
  run(users_.apply_admin_list({UserId{5}, ada().id}));
  EXPECT_THAT(run(users_.apply_admin_list({UserId{5}})).revoked, ElementsAre(ada().id));
  EXPECT_FALSE(is_admin(ada().id));
  EXPECT_TRUE(is_admin(UserId{5}));
  EXPECT_THAT(run(users_.apply_admin_list({})).revoked, ElementsAre(UserId{5}));
}

TEST_P(UserRepositoryTest, AnAddedAdminStaysWithoutTheList) {
  log_in(ada(), AdminGrant::grant);
  EXPECT_TRUE(run(users_.add_admin(ada().id)));
  EXPECT_FALSE(run(users_.add_admin(UserId{404})));
  EXPECT_TRUE(run(users_.apply_admin_list({})).revoked.empty());
  const auto admins = run(users_.admins());
  ASSERT_EQ(admins.size(), 1U);
  EXPECT_EQ(admins[0].id, ada().id);
  EXPECT_EQ(admins[0].username, "ada");
  EXPECT_EQ(admins[0].source, role_source::added);
  EXPECT_TRUE(run(users_.remove_admin(ada().id)));
  EXPECT_FALSE(run(users_.remove_admin(ada().id)));
  EXPECT_FALSE(is_admin(ada().id));
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
  EXPECT_FALSE(is_admin(ada().id));
  const auto other_database = test_database_.open();
  UserRepository others{*other_database};
  run(others.apply_admin_list({ada().id}));
  EXPECT_TRUE(eventually([&] { return is_admin(ada().id); }));
  run(others.apply_admin_list({}));
  EXPECT_TRUE(eventually([&] { return !is_admin(ada().id); }));
}

INSTANTIATE_TEST_SUITE_P(Dialects, UserRepositoryTest, ::testing::ValuesIn(test_support::dialects()),
                         test_support::DialectName());

}  // namespace
}  // namespace guildhall::database
