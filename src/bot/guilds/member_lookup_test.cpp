#include "bot/guilds/member_lookup.hpp"

#include <gtest/gtest.h>

#include "bot/test_support.hpp"
#include "discord/model/guild.hpp"
#include "net/async/event.hpp"

namespace guildhall::bot {
namespace {

using base::GuildId;
using base::UserId;
using discord::DiscordRoleId;

class MemberLookupTest : public ::testing::Test {
 protected:
  MemberLookupTest() {
    discord::Guild guild;
    guild.id = guild_;
    guild.owner = UserId{1};
    guild.roles = {{DiscordRoleId{100}, discord::Permissions()},
                   {DiscordRoleId{7}, discord::Permissions(discord::Permissions::manage_guild)}};
    cache_.guild_create(0, guild);
    answered_.set();
  }

  net::Task<base::Result<discord::Member>> fetch(UserId user) {
    ++fetches_;
    co_await answered_.wait();
    if (user == UserId{404}) co_return base::Error{base::Errc::not_found, "Unknown Member"};
    co_return discord::Member{user, {DiscordRoleId{7}}};
  }

  [[nodiscard]] bool manages(std::uint64_t user) const {
    const auto permissions = cache_.permissions(guild_, UserId{user});
    return permissions && permissions->may_manage_guild();
  }

  const GuildId guild_{100};
  test::TestLoop loop_;
  discord::GuildCache cache_{{true, {}, {}}};
  net::Event answered_;
  int fetches_ = 0;
  MemberLookup lookup_{loop_.executor(), cache_, [this](GuildId, UserId user) { return fetch(user); }};
};

TEST_F(MemberLookupTest, AddsAMemberToTheCache) {
  EXPECT_FALSE(manages(5));
  lookup_.start(guild_, UserId{5});
  EXPECT_TRUE(loop_.until([&] { return manages(5); }));
}

TEST_F(MemberLookupTest, FetchesAMemberOnceAtATime) {
  answered_.reset();
  lookup_.start(guild_, UserId{5});
  lookup_.start(guild_, UserId{5});
  loop_.poll();
  EXPECT_EQ(fetches_, 1);
  answered_.set();
  EXPECT_TRUE(loop_.until([&] { return manages(5); }));
  lookup_.start(guild_, UserId{5});
  loop_.poll();
  EXPECT_EQ(fetches_, 2);
}

TEST_F(MemberLookupTest, BoundsWhatIsInFlight) {
  answered_.reset();
  for (std::uint64_t user = 1; user <= MemberLookup::max_in_flight + 1; ++user) lookup_.start(guild_, UserId{user});
  loop_.poll();
  EXPECT_EQ(fetches_, static_cast<int>(MemberLookup::max_in_flight));
  answered_.set();
  loop_.poll();
}

TEST_F(MemberLookupTest, IgnoresAFailure) {
  lookup_.start(guild_, UserId{404});
  loop_.poll();
  EXPECT_EQ(fetches_, 1);
  EXPECT_FALSE(manages(404));
}

TEST_F(MemberLookupTest, DropsAnAnswerThatAnEventHasOvertaken) {
  answered_.reset();
  lookup_.start(guild_, UserId{5});
  loop_.poll();
  cache_.member_set(guild_, {UserId{5}, {}});
  answered_.set();
  loop_.poll();
  EXPECT_FALSE(manages(5));
}

}  // namespace
}  // namespace guildhall::bot
