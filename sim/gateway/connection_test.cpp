#include "sim/gateway/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/demo_world_ids.hpp"
#include "sim/gateway/fake_wire.hpp"
#include "sim/gateway/hub.hpp"
#include "sim/simulation.hpp"
#include "sim/world/world_json.hpp"
#include "testing/fake_clock.hpp"

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr std::string_view token = "MTE1MDAwMDAwMDAwMDAwMDAwMA.demo.bot-token";
using demo::ada;
using demo::workshop;

class GatewayConnectionTest : public testing::Test {
 protected:
  /// A connection with a client of its own.
  struct Client {
    explicit Client(GatewayHub& hub, GatewayAddress address = {}) : connection(hub, wire, std::move(address)) {
      connection.open();
    }
    FakeWire wire;
    GatewayConnection connection;
  };

  static std::string identify(Intents intents, std::string_view more = "") {
    return R"({"op":2,"d":{"token":")" + std::string(token) + R"(","properties":{},"intents":)" +
           std::to_string(intents.bits) + std::string(more) + "}}";
  }
  static std::string resume(const std::string& session, std::uint64_t sequence) {
    return R"({"op":6,"d":{"token":")" + std::string(token) + R"(","session_id":")" + session + R"(","seq":)" +
           std::to_string(sequence) + "}}";
  }
  /// Identifies, and takes hello, READY and the guilds off the wire.
  std::string log_in(Client& client, Intents intents, std::string_view more = "") {
    client.connection.take_text(identify(intents, more));
    (void)client.wire.names();
    return client.connection.session()->id();
  }
  static std::uint16_t code(GatewayClose code) { return static_cast<std::uint16_t>(code); }

  /// What closes a connection that is greeted and sends just this.
  std::uint16_t close_code_for(std::string_view text) {
    Client client(hub);
    client.connection.take_text(text);
    return client.wire.close_code;
  }
  void say(std::string content, std::vector<UserId> mentions = {}) {
    Message message;
    message.id = MessageId{sim.new_snowflake()};
    message.channel = sim.world.find_guild(workshop)->channels.begin()->first;
    message.guild = workshop;
    message.author = ada;
    message.content = std::move(content);
    message.mentions = std::move(mentions);
    sim.feed.message_created(sim.messages.add(std::move(message)));
  }

  test::FakeClock clock;
  Simulation sim{demo_world(), clock};
  GatewayHub& hub = sim.gateway;
};

TEST_F(GatewayConnectionTest, GreetsThenIsReadyThenTellsOfGuilds) {
  Client client(hub, {.resume_url = "ws://there/gateway"});
  EXPECT_EQ(client.wire.next().at_pointer("/d/heartbeat_interval"), 41'250);

  client.connection.take_text(identify(intent::guilds));
  const auto ready = client.wire.next();
  EXPECT_EQ(ready.at("t"), "READY");
  EXPECT_EQ(ready.at("s"), 1);
  EXPECT_EQ(ready.at_pointer("/d/resume_gateway_url"), "ws://there/gateway");
  EXPECT_EQ(ready.at_pointer("/d/guilds/0/unavailable"), true);
  EXPECT_EQ(ready.at_pointer("/d/user/id"), "1150000000000000000");
  const auto guild = client.wire.next();
  EXPECT_EQ(guild.at("t"), "GUILD_CREATE");
  EXPECT_EQ(guild.at("s"), 2);
  EXPECT_EQ(guild.at_pointer("/d/channels/0/name"), "general");
  EXPECT_THAT(client.wire.names(), ElementsAre("GUILD_CREATE"));
}

TEST_F(GatewayConnectionTest, RefusesWhatIsNoPayload) {
  EXPECT_EQ(close_code_for("{"), code(GatewayClose::decode_error));
  EXPECT_EQ(close_code_for(R"({"d":null})"), code(GatewayClose::decode_error));
  EXPECT_EQ(close_code_for(R"({"op":99,"d":null})"), code(GatewayClose::unknown_opcode));
  EXPECT_EQ(close_code_for(R"({"op":0,"d":null})"), code(GatewayClose::unknown_opcode));
  EXPECT_EQ(close_code_for(R"({"op":1,"d":")" + std::string(5000, 'x') + R"("})"), code(GatewayClose::decode_error));
}

TEST_F(GatewayConnectionTest, RefusesAnIdentifyForEachReason) {
  EXPECT_EQ(close_code_for(R"({"op":3,"d":{}})"), code(GatewayClose::not_authenticated));
  EXPECT_EQ(close_code_for(R"({"op":2,"d":{"token":"x","properties":{},"intents":0}})"),
            code(GatewayClose::authentication_failed));
  EXPECT_EQ(close_code_for(R"({"op":2,"d":{"token":"x","intents":0}})"), code(GatewayClose::decode_error));
  EXPECT_EQ(close_code_for(identify({}, R"(,"shard":[2,2])")), code(GatewayClose::invalid_shard));
  EXPECT_EQ(close_code_for(identify(Intents{1U << 30})), code(GatewayClose::invalid_intents));
  hub.settings.disallowed = intent::message_content;
  EXPECT_EQ(close_code_for(identify(intent::message_content)), code(GatewayClose::disallowed_intents));
  hub.settings.guilds_per_shard = 1;
  EXPECT_EQ(close_code_for(identify({})), code(GatewayClose::sharding_required));
  EXPECT_EQ(hub.counts.identifies, 0U);
  Client old(hub, {.version = 8});
  EXPECT_EQ(old.wire.close_code, code(GatewayClose::invalid_api_version));
}

TEST_F(GatewayConnectionTest, IsIdentifiedOnce) {
  Client client(hub);
  log_in(client, {});
  client.connection.take_text(identify({}));
  EXPECT_EQ(client.wire.close_code, code(GatewayClose::already_authenticated));
}

TEST_F(GatewayConnectionTest, IdentifiesAreLimitedForEachRemainder) {
  hub.settings.max_concurrency = 2;
  Client first(hub);
  log_in(first, {}, R"(,"shard":[0,3])");
  Client second(hub);
  log_in(second, {}, R"(,"shard":[1,3])");
  Client third(hub);
  (void)third.wire.next();
  third.connection.take_text(identify({}, R"(,"shard":[2,3])"));
  const auto invalid = third.wire.next();
  EXPECT_EQ(invalid.at("op"), 9);
  EXPECT_EQ(invalid.at("d"), false);
  clock.advance(5s);
  log_in(third, {}, R"(,"shard":[2,3])");
  EXPECT_EQ(hub.counts.identifies, 3U);
  EXPECT_EQ(hub.limits.remaining(), 997U);
}

TEST_F(GatewayConnectionTest, WithoutSessionStartsTheTokenIsWrong) {
  hub.limits.set_remaining(0, 10s);
  EXPECT_EQ(close_code_for(identify({})), code(GatewayClose::authentication_failed));
  clock.advance(10s);
  EXPECT_EQ(close_code_for(identify({})), 0);
}

TEST_F(GatewayConnectionTest, HeartbeatsAreAcknowledgedAndExpected) {
  Client client(hub);
  const std::string session = log_in(client, {});
  clock.advance(60s);
  client.connection.take_text(R"({"op":1,"d":1})");
  EXPECT_EQ(client.wire.next().at("op"), 11);
  clock.advance(60s);
  hub.tick();
  EXPECT_EQ(client.wire.close_code, 0);
  clock.advance(2s);
  hub.tick();
  EXPECT_EQ(client.wire.close_code, code(GatewayClose::session_timed_out));
  EXPECT_EQ(hub.find_session(session), nullptr) << "who timed out starts anew";
}

TEST_F(GatewayConnectionTest, SendsAreLimited) {
  Client client(hub);
  for (int i = 0; i < 120; ++i) client.connection.take_text(R"({"op":1,"d":null})");
  EXPECT_EQ(client.wire.close_code, 0);
  clock.advance(60s);
  for (int i = 0; i < 121; ++i) client.connection.take_text(R"({"op":1,"d":null})");
  EXPECT_EQ(client.wire.close_code, code(GatewayClose::rate_limited));
}

TEST_F(GatewayConnectionTest, ResumeReplaysWhatWasMissedAndGoesOn) {
  std::string session;
  {
    Client client(hub);
    session = log_in(client, intent::guild_messages);
    say("one");
    client.connection.client_closed(1006);
  }
  say("two");
  Client again(hub);
  (void)again.wire.next();
  again.connection.take_text(resume(session, 2));
  const auto missed = again.wire.next();
  EXPECT_EQ(missed.at("t"), "MESSAGE_CREATE");
  EXPECT_EQ(missed.at("s"), 3);
  EXPECT_EQ(again.wire.next().at("t"), "RESUMED");
  say("three");
  EXPECT_EQ(again.wire.next().at("s"), 5);
  EXPECT_EQ(hub.counts.resumes, 1U);
  EXPECT_EQ(hub.counts.identifies, 1U);
}

TEST_F(GatewayConnectionTest, WhatCannotBeResumedIsSaid) {
  Client unknown(hub);
  (void)unknown.wire.next();
  unknown.connection.take_text(resume("nonsense", 0));
  EXPECT_EQ(unknown.wire.next().at("d"), false);

  hub.settings.events_kept = 1;
  Client client(hub);
  const std::string session = log_in(client, intent::guild_messages);
  say("one");
  say("two");
  client.connection.client_closed(1006);
  Client late(hub);
  (void)late.wire.next();
  late.connection.take_text(resume(session, 1));
  EXPECT_EQ(late.wire.next().at("op"), 9) << "of two that were missed one is kept";

  clock.advance(5s);
  Client other(hub);
  const std::string second = log_in(other, {});
  other.connection.client_closed(1006);
  Client ahead(hub);
  ahead.connection.take_text(resume(second, 2));
  EXPECT_EQ(ahead.wire.close_code, code(GatewayClose::invalid_seq));
}

TEST_F(GatewayConnectionTest, ASessionEndsWithANormalCloseAndInTime) {
  Client client(hub);
  const std::string session = log_in(client, {});
  client.connection.client_closed(1000);
  EXPECT_EQ(hub.find_session(session), nullptr);

  clock.advance(5s);
  Client second(hub);
  const std::string kept = log_in(second, {});
  second.connection.client_closed(4000);
  hub.tick();
  EXPECT_NE(hub.find_session(kept), nullptr);
  clock.advance(6min);
  hub.tick();
  EXPECT_EQ(hub.find_session(kept), nullptr);
}

TEST_F(GatewayConnectionTest, AResumedSessionLeavesItsOldConnection) {
  Client client(hub);
  const std::string session = log_in(client, {});
  Client again(hub);
  again.connection.take_text(resume(session, 1));
  EXPECT_TRUE(client.wire.was_reset);
  EXPECT_EQ(hub.connection_of(*hub.find_session(session)), &again.connection);
}

TEST_F(GatewayConnectionTest, IntentsDecideWhatIsHeard) {
  Client deaf(hub);
  log_in(deaf, intent::guilds);
  say("hello");
  EXPECT_THAT(deaf.wire.names(), ElementsAre());

  clock.advance(5s);
  Client blind(hub);
  log_in(blind, intent::guild_messages);
  say("hello");
  EXPECT_EQ(blind.wire.next().at_pointer("/d/content"), "");
  say("hello", {sim.world.application.bot_user_id()});
  EXPECT_EQ(blind.wire.next().at_pointer("/d/content"), "hello") << "the bot is mentioned";

  clock.advance(5s);
  Client seeing(hub);
  log_in(seeing, intent::guild_messages | intent::message_content);
  say("hello");
  EXPECT_EQ(seeing.wire.next().at_pointer("/d/content"), "hello");
}

TEST_F(GatewayConnectionTest, ShardsShareTheGuilds) {
  hub.settings.max_concurrency = 2;
  Client zero(hub);
  log_in(zero, intent::guilds, R"(,"shard":[0,2])");
  Client one(hub);
  log_in(one, intent::guilds, R"(,"shard":[1,2])");
  for (const std::uint64_t number : {10U, 11U}) {
    Guild guild;
    guild.id = GuildId{number << 22};
    guild.name = "New";
    guild.owner_id = ada;
    sim.world.add_guild(guild).value();
    sim.feed.guild_changed(nullptr, sim.world.find_guild(guild.id));
  }
  EXPECT_EQ(zero.wire.next().at_pointer("/d/id").as_string(), std::to_string(10ULL << 22));
  EXPECT_EQ(one.wire.next().at_pointer("/d/id").as_string(), std::to_string(11ULL << 22));
  sim.feed.raw("USER_UPDATE", nullptr, {});
  EXPECT_THAT(zero.wire.names(), ElementsAre("USER_UPDATE"));
  EXPECT_THAT(one.wire.names(), ElementsAre()) << "what is of no guild goes to shard 0";
}

TEST_F(GatewayConnectionTest, GuildsWaitForASlowReader) {
  Client client(hub);
  client.wire.unread = 5 * 1024 * 1024;
  client.connection.take_text(identify(intent::guilds));
  EXPECT_THAT(client.wire.names(), ElementsAre("READY"));
  client.wire.unread = 0;
  hub.tick();
  EXPECT_THAT(client.wire.names(), ElementsAre("GUILD_CREATE", "GUILD_CREATE"));
}

TEST_F(GatewayConnectionTest, WhoDoesNotReadIsDroppedAndMayResume) {
  Client client(hub);
  const std::string session = log_in(client, intent::guild_messages);
  client.wire.unread = 65 * 1024 * 1024;
  say("hello");
  EXPECT_TRUE(client.wire.was_reset);
  EXPECT_NE(hub.find_session(session), nullptr);
  EXPECT_EQ(hub.counts.slow_readers, 1U);
}

TEST_F(GatewayConnectionTest, MembersComeInChunks) {
  Client client(hub);
  log_in(client, intent::guild_members);
  client.connection.take_text(R"({"op":8,"d":{"guild_id":"3000000000000000001","query":"","limit":0,"nonce":"n"}})");
  const auto chunk = client.wire.next();
  EXPECT_EQ(chunk.at("t"), "GUILD_MEMBERS_CHUNK");
  EXPECT_EQ(chunk.at_pointer("/d/members").as_array().size(), 4U) << "three people and the bot";
  EXPECT_EQ(chunk.at_pointer("/d/nonce"), "n");
  client.connection.take_text(R"({"op":8,"d":{"guild_id":"3000000000000000001","user_ids":["1"]}})");
  EXPECT_EQ(client.wire.next().at_pointer("/d/not_found/0"), "1");
}

TEST_F(GatewayConnectionTest, HarmIsDone) {
  Client client(hub);
  const std::string session = log_in(client, intent::guild_messages);
  hub.faults.add({.kind = GatewayFault::Kind::ignore_heartbeats, .remaining = 1}).value();
  client.connection.take_text(R"({"op":1,"d":null})");
  EXPECT_TRUE(client.wire.sent.empty());
  client.connection.take_text(R"({"op":1,"d":null})");
  EXPECT_EQ(client.wire.next().at("op"), 11);

  hub.faults.add({.kind = GatewayFault::Kind::split_frames, .remaining = 1, .bytes = 3}).value();
  client.connection.reconnect();
  EXPECT_EQ(client.wire.next().at("op"), 7);
  EXPECT_EQ(client.wire.hindrances.back().piece, 3U);

  client.connection.invalidate(true);
  EXPECT_EQ(client.wire.next().at("d"), true);
  client.connection.take_text(resume(session, 1));
  EXPECT_THAT(client.wire.names(), ElementsAre("RESUMED"));
  hub.forget_sessions();
  client.connection.close(4000, "");
  EXPECT_EQ(client.wire.close_code, 4000);
  EXPECT_EQ(hub.find_session(session), nullptr);
}

TEST_F(GatewayConnectionTest, AFloodNumbersItsEventsAndWaitsForReaders) {
  Client client(hub);
  log_in(client, intent::guild_messages);
  Flood flood;
  flood.models = {{.name = "MESSAGE_CREATE", .guild = workshop, .data = R"({"id":"{id}","content":"!c{n}"})"}};
  flood.count = 3;
  flood.first_id = 100;
  hub.floods.add(std::move(flood), clock.now()).value();
  client.wire.unread = 5 * 1024 * 1024;
  hub.tick();
  EXPECT_TRUE(client.wire.sent.empty());
  client.wire.unread = 0;
  hub.tick();
  EXPECT_EQ(client.wire.next().at_pointer("/d/content"), "!c1");
  EXPECT_EQ(client.wire.next().at_pointer("/d/id"), "101");
  EXPECT_FALSE(hub.floods.in_flight());
  EXPECT_TRUE(hub.floods.has_sent(MessageId{102}));
  EXPECT_FALSE(hub.floods.has_sent(MessageId{103}));
  EXPECT_FALSE(hub.floods.has_sent(MessageId{99}));
}

}  // namespace
}  // namespace guildhall::sim
