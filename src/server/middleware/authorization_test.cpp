#include "server/middleware/authorization.hpp"

#include "database/errors.hpp"
#include "domain/memory_stores.hpp"
#include "domain/test_support.hpp"
#include "server/test_support.hpp"

namespace guildhall::server {
namespace {

using base::Errc;

class AuthorizationTest : public SessionFixture {
 protected:
  AuthorizationTest() {
    save_user(ada);
    add_guild(workshop);
    request_.target = "/api/guilds/30";
    request_.headers.add("Authorization", "Bearer " + tokens_.encode(*claims_of(ada)));
    params_.push("id", "30");
  }

  database::Guild& add_guild(base::GuildId id) {
    auto guild = std::make_shared<database::Guild>();
    guild->id = id;
    store_.guilds[id] = guild;
    return *guild;
  }
  base::Result<Authorized> authorize_for(Access access) {
    return *run(
        domain::test_support::keep(authorize({authentication_, access_, managers_}, request_, params_, access)));
  }

  domain::test_support::MemoryGuildStore store_;
  domain::Access access_{store_};
  domain::test_support::FakeGuildManagers managers_;
  net::Request request_;
  net::PathParams params_;
};

TEST_F(AuthorizationTest, EveryoneNeedsNoSession) {
  request_.headers = {};
  const auto authorized = authorize_for(Access::everyone);
  EXPECT_FALSE(authorized->session);
}

TEST_F(AuthorizationTest, ASessionIsEnoughForASessionsRoute) {
  EXPECT_EQ(authorize_for(Access::session)->session->user->id, ada);
  EXPECT_EQ(managers_.asked, 0);
  request_.headers = {};
  EXPECT_EQ(authorize_for(Access::session).error().code, Errc::unauthenticated);
}

TEST_F(AuthorizationTest, AdminRoutesAreForAdmins) {
  EXPECT_EQ(authorize_for(Access::admin).error().code, Errc::forbidden);
  save_user(ada, database::AdminGrant::grant);
  EXPECT_TRUE(authorize_for(Access::admin));
}

TEST_F(AuthorizationTest, AManagerGetsTheGuild) {
  const auto authorized = authorize_for(Access::guild_manager);
  EXPECT_EQ(authorized->guild->id(), workshop);
  EXPECT_EQ(authorized->guild->actor().id, ada.value());
}

TEST_F(AuthorizationTest, WhoeverIsNoManagerIsRefused) {
  managers_.answer = false;
  EXPECT_EQ(authorize_for(Access::guild_manager).error().code, Errc::forbidden);
}

TEST_F(AuthorizationTest, AnAdminNeedsNoRightInTheGuild) {
  save_user(ada, database::AdminGrant::grant);
  managers_.answer = false;
  EXPECT_TRUE(authorize_for(Access::guild_manager));
  EXPECT_EQ(managers_.asked, 0);
}

TEST_F(AuthorizationTest, AGuildWithoutTheBotIsUnknownBeforeRightsAreAsked) {
  add_guild(workshop).left_at = clock_.now();
  EXPECT_EQ(authorize_for(Access::guild_manager).error().code, Errc::not_found);
  store_.guilds.clear();
  EXPECT_EQ(authorize_for(Access::guild_manager).error().code, Errc::not_found);
  params_ = {};
  params_.push("id", "no-id");
  EXPECT_EQ(authorize_for(Access::guild_manager).error().code, Errc::not_found);
  EXPECT_EQ(managers_.asked, 0);
}

TEST_F(AuthorizationTest, ErrorsOfDiscordArePassedOn) {
  managers_.answer = base::Error{Errc::unavailable, "Discord is away."};
  EXPECT_EQ(authorize_for(Access::guild_manager).error().code, Errc::unavailable);
}

TEST_F(AuthorizationTest, AnAwayDatabaseIsNoRefusal) {
  store_.forgetful = true;
  store_.away = true;
  EXPECT_THROW(static_cast<void>(authorize_for(Access::guild_manager)), database::Unavailable);
}

}  // namespace
}  // namespace guildhall::server
