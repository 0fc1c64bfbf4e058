#include "server/socket/dashboard_client.hpp"

#include "logger/log_feed.hpp"
#include "server/socket/log_stream.hpp"
#include "server/socket/rooms.hpp"
#include "server/test_support.hpp"
#include "socketio/test_support.hpp"

namespace guildhall::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

/// A dashboard of ada's, whose checks the test starts.
class DashboardClientTest : public SessionFixture {
 protected:
  DashboardClientTest() {
    save_user(ada);
    put_bot_into({workshop, harbour});
    nsp_.on_connection([this](socketio::Socket& socket) {
      Session session{claims_of(ada), nullptr};
      client_ = std::make_shared<DashboardClient>(
          DashboardClient::Parts{clock_, authentication_, user_guilds_, guilds_, events_, logs_},
          socket.shared_from_this(), std::move(session));
    });
    dashboard_.joined();
  }
  ~DashboardClientTest() override { dashboard_.drop(); }

  void check() { run(client_->check()); }

  /// The rooms whose events arrive at the dashboard.
  std::vector<std::string> visible() {
    dashboard_.heard();
    for (const auto& room :
         {guild_room(workshop), guild_room(harbour), std::string(admin_room), std::string(all_events_room)}) {
      nsp_.to(room).emit(room);
    }
    std::vector<std::string> rooms;
    for (const auto& packet : dashboard_.heard()) {
      if (packet.starts_with("2[\"")) rooms.push_back(packet.substr(3, packet.size() - 5));
    }
    return rooms;
  }

  socketio::Server server_{loops_.loops(), {}, base::Log(logger_, "socket")};
  socketio::Namespace& nsp_ = server_.of("/");
  logger::LogFeed feed_;
  EventStream events_{nsp_, bus_, {}};
  LogStream logs_{loops_.home(), nsp_, feed_};
  std::shared_ptr<DashboardClient> client_;
  socketio::TestClient dashboard_{loops_, server_};
};

TEST_F(DashboardClientTest, NothingIsVisibleBeforeTheFirstCheck) { EXPECT_THAT(visible(), IsEmpty()); }

TEST_F(DashboardClientTest, ManageableGuildsWithTheBotAreVisible) {
  put_bot_into({workshop});
  discord_lists({listed_guild(workshop), listed_guild(harbour), listed_guild(base::GuildId{99})});
  check();
  EXPECT_THAT(visible(), ElementsAre(guild_room(workshop)));
}

TEST_F(DashboardClientTest, AGuildThatIsOnlyListedIsNot) {
  discord_lists({listed_guild(workshop, 0), listed_guild(harbour)});
  check();
  EXPECT_THAT(visible(), ElementsAre(guild_room(harbour)));
}

TEST_F(DashboardClientTest, AnAdministratorSeesAllChannels) {
  discord_lists({listed_guild(workshop, discord::Permissions::administrator), listed_guild(harbour)});
  check();
  dashboard_.heard();
  nsp_.to(all_channels_room(workshop)).emit("seen");
  nsp_.to(member_room(harbour, ada)).emit("too");
  nsp_.to(all_channels_room(harbour)).emit("hidden");
  EXPECT_THAT(dashboard_.heard(), ElementsAre(R"(2["seen"])", R"(2["too"])"));
}

TEST_F(DashboardClientTest, WithoutAnAnswerItWaitsAMinuteForTheFirst) {
  discord_.plan(503, "{}");
  check();
  EXPECT_THAT(dashboard_.heard(), IsEmpty());
  clock_.advance(DashboardClient::max_visibility_age);
  discord_lists({listed_guild(workshop)});
  check();
  EXPECT_THAT(dashboard_.heard(), ElementsAre(R"(2["watching",{"guildIds":["30"]}])"));
}

TEST_F(DashboardClientTest, AnAdminSeesTheAdminRoomWithoutAList) {
  save_user(ada, database::AdminGrant::grant);
  check();
  EXPECT_THAT(visible(), ElementsAre(std::string(admin_room), std::string(all_events_room)));
  EXPECT_THAT(requests(), IsEmpty());
}

TEST_F(DashboardClientTest, ALostRightHidesTheGuildAtTheNextCheck) {
  discord_lists({listed_guild(workshop), listed_guild(harbour)});
  check();
  ASSERT_THAT(visible(), SizeIs(2));
  clock_.advance(1s);
  bus_.rights.publish({workshop, std::nullopt});
  discord_lists({listed_guild(harbour)});
  check();
  EXPECT_THAT(visible(), ElementsAre(guild_room(harbour)));
}

TEST_F(DashboardClientTest, ARightThatIsLostWhileTheListIsFetchedShowsNothing) {
  discord_lists({listed_guild(workshop)});
  discord_.hold();
  auto checking = start(client_->check());
  await_requests(1);
  clock_.advance(1ms);
  bus_.rights.publish({workshop, std::nullopt});
  clock_.advance(1ms);
  discord_lists({});
  discord_.release();
  checking.get();
  EXPECT_THAT(visible(), IsEmpty());
}

TEST_F(DashboardClientTest, WhatWasSeenStaysForAMinuteWithoutDiscord) {
  discord_lists({listed_guild(workshop)});
  check();
  clock_.advance(DashboardClient::max_visibility_age);
  discord_.plan(503, "{}");
  check();
  EXPECT_THAT(visible(), ElementsAre(guild_room(workshop)));
  clock_.advance(3s);
  discord_.plan(503, "{}");
  check();
  EXPECT_THAT(visible(), IsEmpty());
  EXPECT_TRUE(dashboard_.open());
}

TEST_F(DashboardClientTest, WhatIsRefusedIsHiddenAtOnce) {
  discord_lists({listed_guild(workshop)});
  check();
  clock_.advance(31s);
  discord_.plan(401, R"({"message":"401: Unauthorized","code":0})");
  check();
  EXPECT_THAT(visible(), IsEmpty());
}

TEST_F(DashboardClientTest, AnEndedSessionDisconnects) {
  run(denylist_.deny("session-2", clock_.now() + 24h));
  check();
  EXPECT_THAT(dashboard_.heard(), ElementsAre("1"));
}

TEST_F(DashboardClientTest, AnExpiredSessionDisconnects) {
  clock_.advance(1h);
  check();
  EXPECT_THAT(dashboard_.heard(), ElementsAre("1"));
}

}  // namespace
}  // namespace guildhall::server
