#include "server/user_guilds.hpp"

#include "server/test_support.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

class UserGuildsTest : public SessionFixture {
 protected:
  base::Result<UserGuilds::Listing> list() { return run(user_guilds_.list(claims_of(ada))); }
  base::Result<bool> may_manage(base::GuildId guild) { return run(user_guilds_.may_manage(claims_of(ada), guild)); }
  void rights_changed(base::GuildId guild) { bus_.rights.publish({guild, std::nullopt}); }
};

TEST_F(UserGuildsTest, AListIsFetchedOnceAndServedWhileFresh) {
  discord_lists({listed_guild(workshop)});
  EXPECT_THAT(list()->snapshot->guilds, SizeIs(1));
  clock_.advance(29s);
  const auto cached = list();
  EXPECT_EQ(cached->age, 29s);
  EXPECT_FALSE(cached->stale);
  EXPECT_THAT(requests(), SizeIs(1));
  clock_.advance(1s);
  discord_lists({});
  EXPECT_THAT(list()->snapshot->guilds, IsEmpty());
}

TEST_F(UserGuildsTest, ConcurrentCallsShareARequest) {
  discord_lists({listed_guild(workshop)});
  discord_.hold();
  auto first = start(user_guilds_.list(claims_of(ada)));
  await_requests(1);
  auto second = start(user_guilds_.may_manage(claims_of(ada), workshop));
  loops_.settle(0);
  discord_.release();
  EXPECT_TRUE(first.get());
  EXPECT_TRUE(second.get().value());
  EXPECT_THAT(requests(), SizeIs(1));
}

TEST_F(UserGuildsTest, WhatAFinishedRequestBroughtIsLookedAtBeforeANewOneStarts) {
  discord_lists({listed_guild(workshop)});
  // Many ask from other event loops, so some of them arrive when the first request has ended.
  std::vector<net::Future<base::Result<bool>>> asking;
  for (std::size_t i = 0; i < 300; ++i) {
    asking.push_back(net::start(loops_.loops().executor(i % loops_.loops().size()),
                                user_guilds_.may_manage(claims_of(ada), workshop)));
  }
  for (auto& answer : asking) EXPECT_TRUE(answer.get().value());
  EXPECT_THAT(requests(), SizeIs(1));
}

TEST_F(UserGuildsTest, OnlyAListedGuildWithTheRightMayBeManaged) {
  discord_lists({listed_guild(workshop), listed_guild(harbour, 0)});
  EXPECT_TRUE(may_manage(workshop).value());
  EXPECT_FALSE(may_manage(harbour).value());
  EXPECT_FALSE(may_manage(base::GuildId{99}).value());
  const auto manageable = run(user_guilds_.manageable(claims_of(ada))).value();
  ASSERT_THAT(manageable, SizeIs(1));
  EXPECT_EQ(manageable[0].id, workshop);
  EXPECT_EQ(manageable[0].permissions.bits(), discord::Permissions::manage_guild);
  EXPECT_THAT(learned_, ElementsAre(ada)) << "the bot is told of a manager once per list";
}

TEST_F(UserGuildsTest, WhatTheBotKnowsNeedsNoList) {
  bot_says_ = discord::Permissions{discord::Permissions::manage_guild};
  EXPECT_TRUE(may_manage(workshop).value());
  EXPECT_THAT(requests(), IsEmpty());
}

TEST_F(UserGuildsTest, AStaleListIsShownForAnHourButDecidesForAMinute) {
  discord_lists({listed_guild(workshop)});
  ASSERT_TRUE(list());
  clock_.advance(59s);
  discord_.plan(503, "{}");
  EXPECT_TRUE(may_manage(workshop).value());
  clock_.advance(3s);
  discord_.plan(503, "{}");
  EXPECT_EQ(may_manage(workshop).error().code, Errc::unavailable);
  EXPECT_TRUE(list()->stale);
  clock_.advance(1h);
  discord_.plan(503, "{}");
  EXPECT_EQ(list().error().code, Errc::unavailable);
}

TEST_F(UserGuildsTest, AfterAFailureDiscordIsLeftAloneForAWhile) {
  discord_lists({listed_guild(workshop)});
  ASSERT_TRUE(list());
  clock_.advance(31s);
  discord_.plan(503, "{}");
  EXPECT_TRUE(list()->stale);
  EXPECT_TRUE(list()->stale);
  EXPECT_THAT(requests(), SizeIs(2));
  clock_.advance(3s);
  discord_lists({});
  EXPECT_FALSE(list()->stale);
}

TEST_F(UserGuildsTest, ErrorsAreThoseOfTheUser) {
  discord_.plan(401, R"({"message":"401: Unauthorized","code":0})");
  EXPECT_EQ(list().error().code, Errc::unauthenticated);
  discord_.plan(403, R"({"message":"Missing scope","code":50026})");
  const auto other = std::make_shared<jwt::Claims>(*claims_of(grace));
  EXPECT_EQ(run(user_guilds_.list(other)).error().code, Errc::forbidden);
  discord_.plan(200, "<html>");
  EXPECT_EQ(run(user_guilds_.list(other)).error().code, Errc::bad_upstream);
}

TEST_F(UserGuildsTest, AListFromBeforeAChangeOfRightsDecidesNothing) {
  discord_lists({listed_guild(workshop), listed_guild(harbour)});
  ASSERT_TRUE(may_manage(workshop).value());
  rights_changed(workshop);
  discord_lists({listed_guild(workshop, 0), listed_guild(harbour)});
  clock_.advance(1ms);
  EXPECT_FALSE(may_manage(workshop).value());
  EXPECT_THAT(requests(), SizeIs(2));
}

TEST_F(UserGuildsTest, AChangeInOneGuildLeavesTheOthers) {
  discord_lists({listed_guild(workshop), listed_guild(harbour)});
  ASSERT_TRUE(may_manage(workshop).value());
  rights_changed(harbour);
  EXPECT_TRUE(may_manage(workshop).value());
  EXPECT_THAT(requests(), SizeIs(1));
}

TEST_F(UserGuildsTest, AListThatWasInFlightWhenRightsWereLostIsFetchedAgain) {
  discord_lists({listed_guild(workshop)});
  discord_.hold();
  auto asking = start(user_guilds_.may_manage(claims_of(ada), workshop));
  await_requests(1);
  clock_.advance(1ms);
  rights_changed(workshop);
  clock_.advance(1ms);
  discord_lists({listed_guild(workshop, 0)});
  discord_.release();
  EXPECT_FALSE(asking.get().value());
  EXPECT_THAT(requests(), SizeIs(2));
}

TEST_F(UserGuildsTest, WithoutDiscordALostRightIsNoRight) {
  discord_lists({listed_guild(workshop)});
  ASSERT_TRUE(may_manage(workshop).value());
  clock_.advance(1s);
  rights_changed(workshop);
  discord_.plan(503, "{}");
  EXPECT_EQ(may_manage(workshop).error().code, Errc::unavailable);
}

TEST_F(UserGuildsTest, AForgottenListIsFetchedAgain) {
  discord_lists({listed_guild(workshop)});
  ASSERT_TRUE(list());
  user_guilds_.forget(ada);
  discord_lists({});
  EXPECT_THAT(list()->snapshot->guilds, IsEmpty());
}

}  // namespace
}  // namespace guildhall::server
