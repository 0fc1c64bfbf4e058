#include "server/socket/event_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "socketio/test_support.hpp"

namespace guildhall::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const base::BotReady ready{R"({"id":"1"})", 2, 1};
constexpr auto ready_packet = R"(2["ready",{"user":{"id":"1"},"guilds":2,"shards":1}])";
constexpr base::GuildId workshop{7};
constexpr base::GuildId harbour{8};
constexpr base::UserId ada{2};
constexpr base::UserId bob{3};
constexpr discord::ChannelId lobby{70};
constexpr discord::ChannelId office{71};
constexpr discord::ChannelId cellar{72};

/// A client of a person.
class Viewer {
 public:
  Viewer(socketio::TestServer& server, EventStream& stream, std::size_t loop, base::UserId user)
      : server_(server), stream_(stream), client_(server.loops, server.server, loop) {
    client_.says("0{\"user\":\"" + user.to_string() + "\"}");
    client_.hears();
  }
  ~Viewer() { leave(); }

  /// The stream's part of it, which the test's connection handler fills.
  std::shared_ptr<EventStream::Client> stream_client;

  void sees(Visibility visibility) {
    server_.loops.on(client_.loop(), [&] { stream_.show(*stream_client, std::move(visibility)); });
  }
  void leave() {
    if (!stream_client) return;
    server_.loops.on(client_.loop(), [&] { stream_.leave(*stream_client); });
    stream_client.reset();
    client_.drop();
  }
  std::vector<std::string> heard() { return client_.heard(); }
  [[nodiscard]] const std::vector<std::shared_ptr<const socketio::engine::EncodedMessages>>& encodings() {
    return client_.connection().encodings;
  }

 private:
  socketio::TestServer& server_;
  EventStream& stream_;
  socketio::TestClient client_;
};

Visibility everything() { return {true, {}}; }
Visibility all_of(base::GuildId guild) {
  return {false, {{guild, true, discord::Permissions(discord::Permissions::all)}}};
}
Visibility some_of(base::GuildId guild) { return {false, {{guild, false, {}}}}; }

class EventStreamTest : public ::testing::Test {
 protected:
  EventStreamTest() {
    nsp_.on_connection([this](socketio::Socket& socket) {
      const auto user = base::UserId::parse(socket.auth().at("user").as_string()).value();
      arrived_ =
          std::make_shared<EventStream::Client>(EventStream::Client{.socket = socket.shared_from_this(), .user = user});
      stream_.greet(*arrived_);
    });
  }

  /// A client of whom it is not known yet what it may see.
  std::unique_ptr<Viewer> newcomer(std::size_t loop, base::UserId user = ada) {
    auto viewer = std::make_unique<Viewer>(test_, stream_, loop, user);
    viewer->stream_client = std::move(arrived_);
    return viewer;
  }
  std::unique_ptr<Viewer> client(std::size_t loop, Visibility visibility, base::UserId user = ada) {
    auto viewer = newcomer(loop, user);
    viewer->sees(std::move(visibility));
    viewer->heard();
    return viewer;
  }
  void say(std::string_view name, std::string_view data, std::optional<base::GuildId> guild = workshop) {
    bus_.dispatch.publish({std::string(name), 0, guild, std::string(data)});
  }
  static std::string packet(std::string_view name, std::string_view data, std::string_view more = {}) {
    return R"(2["event",{"name":")" + std::string(name) + R"(","shard":0,"guildId":"7","data":)" + std::string(data) +
           std::string(more) + "}]";
  }
  static constexpr std::string_view withheld = R"(,"withheld":true)";

  /// ada sees the lobby, not the office, and it is not known whether she sees the cellar; bob sees the office.
  static discord::ChannelView view_of(base::GuildId, base::UserId user, discord::Permissions,
                                      discord::ChannelId channel) {
    if (channel == lobby || (channel == office && user == bob)) return discord::ChannelView::visible;
    return channel == office ? discord::ChannelView::hidden : discord::ChannelView::unknown;
  }

  socketio::TestServer test_{{}, 2};
  socketio::Namespace& nsp_ = test_.server.of("/");
  base::EventBus bus_;
  EventStream stream_{nsp_, bus_, view_of};
  std::shared_ptr<EventStream::Client> arrived_;
};

TEST_F(EventStreamTest, ADispatchIsForThoseOfItsGuildAndForAdmins) {
  const auto manager = client(0, all_of(workshop));
  const auto admin = client(1, everything());
  const auto stranger = client(0, all_of(harbour));
  say("MESSAGE_CREATE", R"({"id":"9"})");
  EXPECT_THAT(manager->heard(), ElementsAre(packet("MESSAGE_CREATE", R"({"id":"9"})")));
  EXPECT_THAT(admin->heard(), ElementsAre(packet("MESSAGE_CREATE", R"({"id":"9"})")));
  EXPECT_THAT(stranger->heard(), IsEmpty());
}

TEST_F(EventStreamTest, AnEventOfAChannelIsForThoseWhoMaySeeIt) {
  const auto owner = client(1, all_of(workshop));
  const auto admin = client(0, everything());
  const auto viewer = client(0, some_of(workshop), ada);
  const auto other = client(1, some_of(workshop), bob);
  for (const auto* name : {"MESSAGE_CREATE", "TYPING_START", "MESSAGE_REACTION_ADD", "INVITE_CREATE"}) {
    const auto data = R"({"channel_id":"71","content":"secret"})";
    say(name, data);
    EXPECT_THAT(owner->heard(), ElementsAre(packet(name, data))) << name;
    EXPECT_THAT(admin->heard(), ElementsAre(packet(name, data))) << name;
    EXPECT_THAT(viewer->heard(), IsEmpty()) << name;
    EXPECT_THAT(other->heard(), ElementsAre(packet(name, data))) << name;
  }
  say("CHANNEL_UPDATE", R"({"id":"71","name":"office"})");
  EXPECT_THAT(viewer->heard(), IsEmpty());
  EXPECT_THAT(other->heard(), ElementsAre(packet("CHANNEL_UPDATE", R"({"id":"71","name":"office"})")));
}

TEST_F(EventStreamTest, WhereItIsNotKnownTheContentIsWithheld) {
  const auto owner = client(1, all_of(workshop));
  const auto viewer = client(0, some_of(workshop));
  const auto data = R"({"id":"9","channel_id":"72","content":"secret","author":{"id":"5"}})";
  say("MESSAGE_CREATE", data);
  EXPECT_THAT(owner->heard(), ElementsAre(packet("MESSAGE_CREATE", data)));
  EXPECT_THAT(viewer->heard(), ElementsAre(packet("MESSAGE_CREATE", R"({"id":"9","channel_id":"72"})", withheld)));
  for (const auto* name : {"VOICE_STATE_UPDATE", "GUILD_AUDIT_LOG_ENTRY_CREATE", "THREAD_LIST_SYNC"}) {
    say(name, R"({"channel_id":null,"secret":1,"threads":[{"name":"x"}]})");
    EXPECT_THAT(viewer->heard(), ElementsAre(packet(name, "{}", withheld))) << name;
  }
  say("GUILD_CREATE", R"({"id":"7","name":"a","channels":[{"name":"office"}],"threads":[1],"roles":[2]})");
  EXPECT_THAT(
      viewer->heard(),
      ElementsAre(packet("GUILD_CREATE", R"({"id":"7","name":"a","channels":[],"threads":[],"roles":[2]})", withheld)));
}

TEST_F(EventStreamTest, AnEventIsEncodedOnceForAllWhoSeeTheSameOfIt) {
  std::vector<std::unique_ptr<Viewer>> viewers;
  for (std::size_t i = 0; i < 4; ++i) viewers.push_back(client(i % 2, some_of(workshop), i < 2 ? ada : bob));
  viewers.push_back(client(0, all_of(workshop)));
  say("MESSAGE_CREATE", R"({"channel_id":"70"})");
  for (const auto& viewer : viewers) {
    EXPECT_EQ(viewer->heard().size(), 1U);
    EXPECT_EQ(viewer->encodings().back(), viewers.front()->encodings().back());
  }
  say("MESSAGE_CREATE", R"({"channel_id":"72"})");
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(viewers[i]->heard().size(), 1U);
    EXPECT_EQ(viewers[i]->encodings().back(), viewers.front()->encodings().back());
  }
}

TEST_F(EventStreamTest, ClientsAreToldWhatTheyWatch) {
  const auto viewer = newcomer(0);
  EXPECT_THAT(viewer->heard(), IsEmpty());
  viewer->sees(some_of(workshop));
  EXPECT_THAT(viewer->heard(), ElementsAre(R"(2["watching",{"guildIds":["7"]}])"));
  viewer->sees(some_of(workshop));
  viewer->sees(all_of(workshop));
  EXPECT_THAT(viewer->heard(), IsEmpty()) << "the guilds are the same";
  viewer->sees({});
  EXPECT_THAT(viewer->heard(), ElementsAre(R"(2["watching",{"guildIds":[]}])"));
  say("TYPING_START", R"({"channel_id":"70"})");
  EXPECT_THAT(viewer->heard(), IsEmpty());
}

TEST_F(EventStreamTest, WhatHappensBeforeItIsKnownWhatAClientMaySeeIsHeldBack) {
  const auto early = client(1, all_of(workshop));
  say("MESSAGE_CREATE", R"({"id":"0","channel_id":"70"})");
  const auto viewer = newcomer(0);
  const auto admin = newcomer(1);
  say("MESSAGE_CREATE", R"({"id":"1","channel_id":"70"})");
  say("MESSAGE_CREATE", R"({"id":"2","channel_id":"71"})");
  say("MESSAGE_CREATE", R"({"id":"3","channel_id":"70"})", harbour);
  say("MESSAGE_CREATE", R"({"id":"4","channel_id":"72"})");
  EXPECT_THAT(viewer->heard(), IsEmpty());
  viewer->sees(some_of(workshop));
  say("MESSAGE_CREATE", R"({"id":"5","channel_id":"70"})");
  EXPECT_THAT(viewer->heard(), ElementsAre(R"(2["watching",{"guildIds":["7"]}])",
                                           packet("MESSAGE_CREATE", R"({"id":"1","channel_id":"70"})"),
                                           packet("MESSAGE_CREATE", R"({"id":"4","channel_id":"72"})", withheld),
                                           packet("MESSAGE_CREATE", R"({"id":"5","channel_id":"70"})")));
  admin->sees(everything());
  EXPECT_EQ(admin->heard().size(), 6U);
  EXPECT_EQ(early->heard().size(), 5U);
}

TEST_F(EventStreamTest, HoldsBackAsMuchAsTheBoundAllows) {
  const auto viewer = newcomer(0);
  for (std::size_t i = 0; i < EventStream::max_held + 5; ++i) say("TYPING_START", std::to_string(i));
  viewer->sees(all_of(workshop));
  const auto heard = viewer->heard();
  EXPECT_EQ(heard.size(), 1 + EventStream::max_held);
  EXPECT_EQ(heard[1], packet("TYPING_START", "5")) << "the newest are kept";
  const auto next = newcomer(0);
  say("GUILD_CREATE", "\"" + std::string(EventStream::max_held_bytes, 'x') + "\"");
  say("TYPING_START", "1");
  next->sees(all_of(workshop));
  EXPECT_THAT(next->heard(), ElementsAre(R"(2["watching",{"guildIds":["7"]}])", packet("TYPING_START", "1")));
}

TEST_F(EventStreamTest, APersonMayLeaveWithOneOfTwoClients) {
  const auto first = client(0, some_of(workshop));
  const auto second = client(1, some_of(workshop));
  first->leave();
  say("MESSAGE_CREATE", R"({"channel_id":"70"})");
  EXPECT_EQ(second->heard().size(), 1U);
}

TEST_F(EventStreamTest, ListensWhileAnybodyIsConnected) {
  EXPECT_FALSE(bus_.dispatch.has_listeners());
  const auto anybody = newcomer(0);
  EXPECT_TRUE(bus_.dispatch.has_listeners());
}

TEST_F(EventStreamTest, WhatBelongsToNoGuildIsForAdminsOnly) {
  const auto manager = client(0, all_of(workshop));
  const auto admin = client(1, everything());
  say("USER_UPDATE", "{}", std::nullopt);
  EXPECT_THAT(manager->heard(), IsEmpty());
  EXPECT_EQ(admin->heard().size(), 1U);
}

TEST_F(EventStreamTest, AllHearThatTheBotIsReadyOnceWhenItIsOrWhenTheyCome) {
  const auto early = newcomer(0);
  EXPECT_THAT(early->heard(), IsEmpty());
  bus_.ready.publish(ready);
  socketio::TestClient late(test_.loops, test_.server, 1);
  late.says(R"(0{"user":"2"})");
  EXPECT_THAT(early->heard(), ElementsAre(ready_packet));
  EXPECT_THAT(late.heard(), ElementsAre(testing::StartsWith("0"), ready_packet));
}

}  // namespace
}  // namespace guildhall::server
