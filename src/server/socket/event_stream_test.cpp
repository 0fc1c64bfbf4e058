#include "server/socket/event_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/socket/rooms.hpp"
#include "socketio/test_support.hpp"

namespace guildhall::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::BotReady ready{R"({"id":"1"})", 2, 1};
constexpr auto ready_packet = R"(2["ready",{"user":{"id":"1"},"guilds":2,"shards":1}])";
constexpr base::GuildId workshop{7};

/// Clients that are put into the room they ask for, on a loop of their own each.
class EventStreamTest : public ::testing::Test {
 protected:
  EventStreamTest() {
    nsp_.on_connection([this](socketio::Socket& socket) {
      for (const auto& [name, value] : socket.auth()) socket.join(std::string_view(name));
      stream_.greet(socket);
    });
  }

  std::unique_ptr<socketio::TestClient> client(std::size_t loop, const std::string& room) {
    auto made = std::make_unique<socketio::TestClient>(test_.loops, test_.server, loop);
    made->says("0{\"" + room + "\":true}");
    return made;
  }
  static std::vector<std::string> events(socketio::TestClient& of) {
    auto heard = of.heard();
    std::erase_if(heard, [](const std::string& packet) { return packet.starts_with('0'); });
    return heard;
  }

  socketio::TestServer test_{{}, 2};
  socketio::Namespace& nsp_ = test_.server.of("/");
  base::EventBus bus_;
  EventStream stream_{nsp_, bus_};
};

TEST_F(EventStreamTest, ADispatchIsForThoseOfItsGuildAndForAdmins) {
  const auto manager = client(0, guild_room(workshop));
  const auto admin = client(1, std::string(admin_room));
  const auto stranger = client(0, guild_room(base::GuildId(8)));
  bus_.dispatch.publish({"MESSAGE_CREATE", 0, workshop, R"({"id":"9"})"});
  const auto packet = R"(2["event",{"name":"MESSAGE_CREATE","shard":0,"guildId":"7","data":{"id":"9"}}])";
  EXPECT_THAT(events(*manager), ElementsAre(packet));
  EXPECT_THAT(events(*admin), ElementsAre(packet));
  EXPECT_THAT(events(*stranger), IsEmpty());
}

TEST_F(EventStreamTest, ListensWhileAnybodyIsConnected) {
  EXPECT_FALSE(bus_.dispatch.has_listeners());
  const auto anybody = client(0, "nobody");
  EXPECT_TRUE(bus_.dispatch.has_listeners());
}

TEST_F(EventStreamTest, WhatBelongsToNoGuildIsForAdminsOnly) {
  const auto manager = client(0, guild_room(workshop));
  const auto admin = client(1, std::string(admin_room));
  bus_.dispatch.publish({"USER_UPDATE", 0, std::nullopt, "{}"});
  EXPECT_THAT(events(*manager), IsEmpty());
  EXPECT_EQ(events(*admin).size(), 1U);
}

TEST_F(EventStreamTest, AllHearThatTheBotIsReadyOnceWhenItIsOrWhenTheyCome) {
  const auto early = client(0, "nobody");
  EXPECT_THAT(events(*early), IsEmpty());
  bus_.ready.publish(ready);
  const auto late = client(1, "nobody");
  EXPECT_THAT(events(*early), ElementsAre(ready_packet));
  EXPECT_THAT(events(*late), ElementsAre(ready_packet));
}

}  // namespace
}  // namespace guildhall::server
