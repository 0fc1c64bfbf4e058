// The lifecycle of a shard step by step, without a network and without waiting.
#include "discord/gateway/session.hpp"

#include <gmock/gmock.h>

#include <vector>

#include "discord/model/padded_text.hpp"

namespace guildhall::discord {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string hello = R"({"t":null,"s":null,"op":10,"d":{"heartbeat_interval":40000}})";
const std::string ack = R"({"op":11})";
const std::string start_url = "wss://gateway.example/?v=10&encoding=json&compress=zstd-stream";
const std::string resume_url = "wss://resume.example/?v=10&encoding=json&compress=zstd-stream";
const std::string identify = "send identify";
const std::string resume = R"(send {"op":6,"d":{"token":"secret","session_id":"s1","seq":)";

std::string session_event(std::string_view name, std::uint64_t sequence, std::string_view data = "{}") {
  return R"({"t":")" + std::string(name) + R"(","s":)" + std::to_string(sequence) + R"(,"op":0,"d":)" +
         std::string(data) + "}";
}

std::string ready() {
  return session_event("READY", 1, R"({"v":10,"session_id":"s1","resume_gateway_url":"wss://resume.example"})");
}

class GatewaySessionTest : public ::testing::Test, public GatewaySessionActions {
 protected:
  GatewaySessionTest() {
    options_.token = base::Secret("secret");
    options_.intents = Intents::guilds | Intents::message_content;
    make();
  }

  void make() {
    session_.emplace(options_, ShardId{1, 4}, "wss://gateway.example",
                     GatewaySession::Parts{*this, reader_, counters_, [this] { return chance_; }});
  }

  // GatewaySessionActions
  void connect(std::string url) override { done_.push_back("connect " + url); }
  void send(std::string_view text) override {
    done_.push_back(text.starts_with(R"({"op":2,)") ? identify : "send " + std::string(text));
    sent_ = text;
  }
  void close(std::uint16_t code, std::string_view) override { done_.push_back("close " + std::to_string(code)); }
  void dispatch(const Dispatch& dispatch) override {
    done_.push_back("dispatch " + std::string(dispatch.name) + " " + std::to_string(dispatch.sequence) + " " +
                    std::string(dispatch.name == "READY" ? "" : dispatch.data));
    EXPECT_EQ(dispatch.shard, 1U);
  }
  void acquire_identify() override { done_.push_back("acquire identify"); }
  void release_identify(IdentifyUse use) override {
    done_.push_back(use == IdentifyUse::sent ? "release identify, sent" : "release identify, not sent");
  }
  void record_identify() override { done_.push_back("record identify"); }
  void on_ready(bool resumed) override { done_.push_back(resumed ? "resumed" : "ready"); }
  void on_reconnecting(std::string_view reason, std::chrono::milliseconds delay, bool resumes) override {
    done_.push_back("reconnect in " + std::to_string(delay.count()) + (resumes ? " to resume" : " to identify"));
    reason_ = reason;
  }
  void on_failed(std::string_view remedy) override { done_.push_back("failed: " + std::string(remedy)); }

  /// The actions since the last call.
  std::vector<std::string> done() { return std::exchange(done_, {}); }
  void payload(const std::string& text) { session_->on_payload(test_support::PaddedText(text).view(), now_); }
  void advance(std::chrono::milliseconds by) {
    now_ += by;
    while (session_->deadline() <= now_) session_->on_time(now_);
  }
  /// Advances the clock to the deadline.
  void wait() {
    ASSERT_NE(session_->deadline(), GatewaySession::never);
    now_ = std::max(now_, session_->deadline());
    session_->on_time(now_);
  }

  void begin() {
    session_->start({}, now_);
    session_->on_identify_acquired(now_);
    session_->on_connected(now_);
  }
  void become_ready() {
    begin();
    payload(hello);
    session_->on_identify_recorded(now_);
    payload(ready());
    done_.clear();
  }
  /// Reconnects after a lost connection, up to the RESUME.
  void resume_connection() {
    wait();
    session_->on_connected(now_);
    payload(hello);
  }

  GatewayOptions options_;
  PayloadReader reader_;
  GatewayCounters counters_;
  std::optional<GatewaySession> session_;
  GatewaySession::Time now_{1000h};
  double chance_ = 0.5;
  std::vector<std::string> done_;
  std::string sent_;
  std::string reason_;
};

TEST_F(GatewaySessionTest, StartsASession) {
  session_->start({}, now_);
  EXPECT_THAT(done(), ElementsAre("acquire identify"));
  session_->on_identify_acquired(now_);
  EXPECT_THAT(done(), ElementsAre("connect " + start_url));
  session_->on_connected(now_);
  EXPECT_THAT(done(), IsEmpty());
  payload(hello);
  EXPECT_THAT(done(), ElementsAre("record identify"));
  EXPECT_EQ(session_->state(), ShardState::identifying);
  session_->on_identify_recorded(now_);
  EXPECT_THAT(done(), ElementsAre(identify, "release identify, sent"));
  EXPECT_THAT(sent_, HasSubstr(R"("shard":[1,4])"));
  payload(ready());
  EXPECT_THAT(done(), ElementsAre("dispatch READY 1 ", "ready"));
  payload(session_event("MESSAGE_CREATE", 2, R"({"content":"hi"})"));
  EXPECT_THAT(done(), ElementsAre(R"(dispatch MESSAGE_CREATE 2 {"content":"hi"})"));
  EXPECT_EQ(session_->point(), (ResumePoint{"s1", "wss://resume.example", 2}));
}

TEST_F(GatewaySessionTest, TheFirstHeartbeatIsJittered) {
  chance_ = 0.25;
  become_ready();
  advance(9'999ms);
  EXPECT_THAT(done(), IsEmpty());
  advance(1ms);
  EXPECT_THAT(done(), ElementsAre(R"(send {"op":1,"d":1})"));
  advance(30ms);
  payload(ack);
  EXPECT_EQ(session_->latency(), 30ms);
  payload(session_event("X", 17));
  done();
  advance(39'969ms);
  EXPECT_THAT(done(), IsEmpty());
  advance(1ms);
  EXPECT_THAT(done(), ElementsAre(R"(send {"op":1,"d":17})"));
}

TEST_F(GatewaySessionTest, AHeartbeatBeforeAnyEventHasNull) {
  begin();
  payload(hello);
  done();
  advance(20s);
  EXPECT_THAT(done(), ElementsAre(R"(send {"op":1,"d":null})"));
}

TEST_F(GatewaySessionTest, ARequestedHeartbeatIsSentAtOnce) {
  become_ready();
  payload(R"({"op":1,"d":null})");
  EXPECT_THAT(done(), ElementsAre(R"(send {"op":1,"d":1})"));
  payload(ack);
  advance(39'999ms);
  EXPECT_THAT(done(), IsEmpty()) << "the interval restarts";
  advance(1ms);
  EXPECT_THAT(done(), ElementsAre(R"(send {"op":1,"d":1})"));
}

TEST_F(GatewaySessionTest, RequestedHeartbeatsRespectTheSendLimit) {
  become_ready();
  for (int i = 0; i < 1000; ++i) payload(R"({"op":1,"d":null})");
  EXPECT_EQ(done().size(), SendLimiter::max_sends - 1) << "one was IDENTIFY";
}

TEST_F(GatewaySessionTest, AnUnacknowledgedHeartbeatEndsTheConnection) {
  become_ready();
  advance(20s);
  EXPECT_THAT(done(), ElementsAre(R"(send {"op":1,"d":1})"));
  advance(40s);
  EXPECT_THAT(done(), ElementsAre("close 4000", "reconnect in 125 to resume"));
  EXPECT_EQ(reason_, "A heartbeat was not acknowledged");
}

TEST_F(GatewaySessionTest, ALostConnectionIsResumed) {
  become_ready();
  payload(session_event("X", 5));
  done();
  session_->on_closed(1006, now_);
  EXPECT_THAT(done(), ElementsAre("reconnect in 125 to resume"));
  resume_connection();
  EXPECT_THAT(done(), ElementsAre("connect " + resume_url, resume + "5}}"));
  EXPECT_EQ(session_->state(), ShardState::resuming);
  payload(session_event("X", 6));
  payload(session_event("RESUMED", 7, "null"));
  EXPECT_THAT(done(), ElementsAre("dispatch X 6 {}", "dispatch RESUMED 7 null", "resumed"));
}

TEST_F(GatewaySessionTest, DuplicateEventsAreDropped) {
  become_ready();
  payload(session_event("X", 5));
  session_->on_closed(1006, now_);
  resume_connection();
  done();
  payload(session_event("X", 4));
  payload(session_event("X", 5));
  payload(session_event("X", 6));
  payload(session_event("RESUMED", 6));
  EXPECT_THAT(done(), ElementsAre("dispatch X 6 {}", "dispatch RESUMED 6 {}", "resumed"));
  EXPECT_EQ(counters_.snapshot().duplicates, 2U);
}

TEST_F(GatewaySessionTest, ASavedSessionIsResumed) {
  session_->start(ResumePoint{"s1", "wss://resume.example", 42}, now_);
  session_->on_connected(now_);
  payload(hello);
  EXPECT_THAT(done(), ElementsAre("connect " + resume_url, resume + "42}}"));
}

TEST_F(GatewaySessionTest, Opcode7Reconnects) {
  become_ready();
  payload(R"({"op":7,"d":null})");
  EXPECT_THAT(done(), ElementsAre("close 4000", "reconnect in 125 to resume"));
  payload(session_event("X", 9));
  EXPECT_THAT(done(), IsEmpty()) << "of the old connection";
}

TEST_F(GatewaySessionTest, AResumableInvalidSessionIsResumed) {
  become_ready();
  payload(R"({"op":9,"d":true})");
  EXPECT_THAT(done(), ElementsAre("close 4000", "reconnect in 3000 to resume"));
}

TEST_F(GatewaySessionTest, AnInvalidSessionIsReplacedAfterOneToFiveSeconds) {
  become_ready();
  chance_ = 0;
  payload(R"({"op":9,"d":false})");
  EXPECT_THAT(done(), ElementsAre("close 4000", "reconnect in 1000 to identify"));
  EXPECT_EQ(session_->point(), std::nullopt);
  wait();
  EXPECT_THAT(done(), ElementsAre("acquire identify"));
  session_->on_identify_acquired(now_);
  EXPECT_THAT(done(), ElementsAre("connect " + start_url));
}

TEST_F(GatewaySessionTest, CloseCodesDecideBetweenResumeIdentifyAndFailure) {
  for (const int code : {1000, 1001, 1006, 4000, 4001, 4002, 4005, 4008, 4042}) {
    make();
    become_ready();
    session_->on_closed(static_cast<std::uint16_t>(code), now_);
    EXPECT_THAT(done(), ElementsAre(HasSubstr("to resume"))) << code;
  }
  for (const int code : {4003, 4007, 4009}) {
    make();
    become_ready();
    session_->on_closed(static_cast<std::uint16_t>(code), now_);
    EXPECT_THAT(done(), ElementsAre(HasSubstr("to identify"))) << code;
  }
  for (const int code : {4004, 4010, 4011, 4012, 4013, 4014}) {
    make();
    become_ready();
    session_->on_closed(static_cast<std::uint16_t>(code), now_);
    EXPECT_THAT(done(), ElementsAre(HasSubstr("failed: "))) << code;
    EXPECT_EQ(session_->deadline(), GatewaySession::never) << code;
  }
}

TEST_F(GatewaySessionTest, TheRemedyNamesTheRefusedIntent) {
  begin();
  payload(hello);
  session_->on_identify_recorded(now_);
  done();
  session_->on_closed(4014, now_);
  EXPECT_THAT(done(), ElementsAre(HasSubstr("switch on Message Content Intent in the Developer Portal")));
}

TEST_F(GatewaySessionTest, EveryStateHasATimeout) {
  session_->start({}, now_);
  session_->on_identify_acquired(now_);
  done();
  wait();
  EXPECT_THAT(done(), ElementsAre("close 4000", "release identify, not sent", "reconnect in 125 to identify"))
      << "no connection";

  make();
  begin();
  done();
  advance(14'999ms);
  EXPECT_THAT(done(), IsEmpty());
  advance(1ms);
  EXPECT_THAT(done(), ElementsAre("close 4000", "release identify, not sent", "reconnect in 125 to identify"))
      << "no Hello";

  make();
  begin();
  payload(hello);
  session_->on_identify_recorded(now_);
  for (int i = 0; i < 2; ++i) {
    wait();
    payload(ack);
  }
  done();
  advance(60s);
  EXPECT_EQ(reason_, "READY timed out");

  make();
  become_ready();
  session_->on_closed(1006, now_);
  resume_connection();
  advance(29s);
  payload(ack);
  payload(session_event("X", 2));
  advance(29s);
  payload(ack);
  done();
  advance(1s);
  EXPECT_THAT(done(), ElementsAre("close 4000", HasSubstr("to resume")));
  EXPECT_EQ(reason_, "RESUMED timed out");
}

TEST_F(GatewaySessionTest, AConnectionThatBreaksBeforeIdentifyReleasesThePermit) {
  begin();
  done();
  session_->on_closed(1006, now_);
  EXPECT_THAT(done(), ElementsAre("release identify, not sent", HasSubstr("to identify")));

  make();
  begin();
  payload(hello);
  done();
  session_->on_closed(1006, now_);
  EXPECT_THAT(done(), ElementsAre("release identify, not sent", HasSubstr("to identify")));
  session_->on_identify_recorded(now_);
  EXPECT_THAT(done(), IsEmpty());
}

TEST_F(GatewaySessionTest, MalformedPayloadsEndTheConnection) {
  const std::vector<std::string> malformed{"",
                                           "null",
                                           "[]",
                                           "{",
                                           R"({"op":"0"})",
                                           R"({"d":{}})",
                                           R"({"op":0,"s":1,"t":"X","d":{)",
                                           session_event("READY", 2),
                                           session_event("X", 2) + "{}"};
  for (const auto& text : malformed) {
    make();
    become_ready();
    payload(text);
    EXPECT_THAT(done(), ElementsAre("close 4000", "reconnect in 125 to resume")) << text;
  }
  for (const auto* text : {R"({"op":10})", R"({"op":10,"d":{"heartbeat_interval":0}})", R"({"op":10,"d":{}})"}) {
    make();
    begin();
    done();
    payload(text);
    EXPECT_THAT(done(), ElementsAre("close 4000", "release identify, not sent", HasSubstr("to identify"))) << text;
  }
}

TEST_F(GatewaySessionTest, AnEventOfAnOddFormDoesNotEndTheConnection) {
  become_ready();
  for (const auto* text :
       {R"({"op":0,"t":"X","d":{}})", R"({"op":0,"s":-2,"t":"X","d":{}})", R"({"op":0,"s":"2","t":"X","d":{}})"}) {
    payload(text);
    EXPECT_THAT(done(), IsEmpty()) << text;
  }
  // It counts, so that it does not come again.
  payload(R"({"op":0,"s":2,"t":"new event","d":{}})");
  EXPECT_THAT(done(), IsEmpty());
  EXPECT_EQ(session_->point()->sequence, 2U);
  payload(session_event("X", 3));
  EXPECT_THAT(done(), ElementsAre("dispatch X 3 {}"));
}

TEST_F(GatewaySessionTest, WithoutAResumeUrlTheSessionResumesWhereItBegan) {
  for (const auto* data : {R"({"session_id":"s1"})", R"({"session_id":"s1","resume_gateway_url":null})"}) {
    make();
    begin();
    payload(hello);
    session_->on_identify_recorded(now_);
    payload(session_event("READY", 1, data));
    EXPECT_EQ(session_->state(), ShardState::ready) << data;
    ASSERT_TRUE(session_->point());
    EXPECT_THAT(session_->point()->url, HasSubstr("wss://gateway.example")) << data;
  }
}

TEST_F(GatewaySessionTest, AReplayedResumedIsDispatched) {
  become_ready();
  payload(session_event("RESUMED", 2));
  EXPECT_THAT(done(), ElementsAre("dispatch RESUMED 2 {}"));
}

TEST_F(GatewaySessionTest, EventsBeforeReadyEndTheConnection) {
  begin();
  payload(hello);
  session_->on_identify_recorded(now_);
  done();
  payload(session_event("GUILD_CREATE", 1));
  EXPECT_THAT(done(), ElementsAre("close 4000", "reconnect in 125 to identify"));
}

TEST_F(GatewaySessionTest, UnknownOpcodesAreIgnored) {
  become_ready();
  payload(R"({"op":31,"d":{}})");
  payload(R"({"op":4000000000,"d":{}})");
  payload(R"({"op":256,"d":{}})");
  EXPECT_THAT(done(), IsEmpty());
}

TEST_F(GatewaySessionTest, TheReconnectDelayGrows) {
  chance_ = 0;
  session_->start({}, now_);
  std::vector<std::string> delays;
  for (int i = 0; i < 9; ++i) {
    session_->on_identify_acquired(now_);
    session_->on_connect_failed("no route", now_);
    delays.push_back(done().back());
    wait();
  }
  EXPECT_THAT(delays,
              ElementsAre("reconnect in 0 to identify", "reconnect in 500 to identify", "reconnect in 1000 to identify",
                          "reconnect in 2000 to identify", "reconnect in 4000 to identify",
                          "reconnect in 8000 to identify", "reconnect in 16000 to identify",
                          "reconnect in 30000 to identify", "reconnect in 30000 to identify"));
}

TEST_F(GatewaySessionTest, AStableConnectionResetsTheDelay) {
  become_ready();
  for (int i = 0; i < 2; ++i) {
    session_->on_closed(1006, now_);
    resume_connection();
    payload(session_event("RESUMED", 2));
  }
  done();
  advance(9s);
  session_->on_closed(1006, now_);
  EXPECT_THAT(done(), ElementsAre("reconnect in 1500 to resume")) << "it had not been ready for ten seconds";
  resume_connection();
  payload(session_event("RESUMED", 2));
  advance(10s);
  done();
  session_->on_closed(1006, now_);
  EXPECT_THAT(done(), ElementsAre("reconnect in 125 to resume"));
}

TEST_F(GatewaySessionTest, AfterFailedConnectsTheInitialUrlIsUsed) {
  become_ready();
  session_->on_closed(1006, now_);
  std::vector<std::string> urls;
  for (int i = 0; i < 5; ++i) {
    done();
    wait();
    urls.push_back(done().back());
    session_->on_connect_failed("refused", now_);
  }
  EXPECT_THAT(urls, ElementsAre("connect " + resume_url, "connect " + resume_url, "connect " + resume_url,
                                "connect " + start_url, "connect " + start_url));
  wait();
  session_->on_connected(now_);
  payload(hello);
  EXPECT_THAT(done().back(), HasSubstr(R"("op":6)")) << "the session is still resumed";
}

TEST_F(GatewaySessionTest, AfterFailedResumesANewSessionIsStarted) {
  become_ready();
  session_->on_closed(1006, now_);
  int resumes = 0;
  for (; session_->point(); ++resumes) {
    resume_connection();
    session_->on_closed(4000, now_);
  }
  EXPECT_EQ(resumes, 5);
  EXPECT_THAT(done().back(), HasSubstr("to identify"));
}

TEST_F(GatewaySessionTest, AResumeUrlWithoutTlsIsIgnored) {
  begin();
  payload(hello);
  session_->on_identify_recorded(now_);
  payload(session_event("READY", 1, R"({"session_id":"s1","resume_gateway_url":"ws://resume.example"})"));
  done();
  session_->on_closed(1006, now_);
  wait();
  EXPECT_EQ(done().back(), "connect " + start_url);
}

TEST_F(GatewaySessionTest, ASavedResumeUrlWithoutTlsIsIgnored) {
  session_->start(ResumePoint{"s1", "ws://resume.example", 42}, now_);
  EXPECT_THAT(done(), ElementsAre("connect " + start_url));
}

TEST_F(GatewaySessionTest, ScheduledHeartbeatsIgnoreTheSendLimit) {
  begin();
  payload(R"({"op":10,"d":{"heartbeat_interval":100}})");
  done();
  for (int i = 0; i < 500; ++i) {
    wait();
    payload(ack);
  }
  EXPECT_EQ(done().size(), 500U);
}

TEST_F(GatewaySessionTest, CommandsRespectTheSendLimitAndLeaveRoomForHeartbeats) {
  become_ready();
  for (int i = 0; i < 200; ++i) ASSERT_TRUE(session_->send_command("command", now_));
  const auto first = done().size();
  EXPECT_GT(first, 100U);
  EXPECT_LT(first, 118U);
  payload(R"({"op":1,"d":null})");
  EXPECT_THAT(done(), ElementsAre(R"(send {"op":1,"d":1})"));
  payload(ack);
  advance(59s);
  EXPECT_LE(done().size(), 2U) << "heartbeats";
  payload(ack);
  advance(1s);
  EXPECT_EQ(done().size(), 200 - first) << "the rest a minute later";
}

TEST_F(GatewaySessionTest, CommandsWaitUntilTheSessionIsReady) {
  EXPECT_TRUE(session_->send_command("later", now_));
  begin();
  payload(hello);
  session_->on_identify_recorded(now_);
  done();
  payload(ready());
  EXPECT_THAT(done(), ElementsAre("dispatch READY 1 ", "ready", "send later"));
}

TEST_F(GatewaySessionTest, TooLongOrTooManyCommandsAreRefused) {
  EXPECT_EQ(session_->send_command(std::string(4097, 'x'), now_).error().code, base::Errc::invalid);
  for (std::size_t i = 0; i < GatewaySession::max_waiting_commands; ++i) ASSERT_TRUE(session_->send_command("x", now_));
  EXPECT_EQ(session_->send_command("x", now_).error().code, base::Errc::unavailable);
}

TEST_F(GatewaySessionTest, OnlyTheLastPresenceIsSent) {
  become_ready();
  session_->on_closed(1006, now_);
  options_.presence = Presence{};
  session_->update_presence(now_);
  session_->update_presence(now_);
  resume_connection();
  done();
  payload(session_event("RESUMED", 2));
  EXPECT_THAT(done(), ElementsAre("dispatch RESUMED 2 {}", "resumed", HasSubstr(R"(send {"op":3,)")));
}

TEST_F(GatewaySessionTest, AStoppedSessionCanBeResumed) {
  become_ready();
  session_->stop();
  EXPECT_THAT(done(), ElementsAre("close 4000"));
  EXPECT_EQ(session_->deadline(), GatewaySession::never);
  EXPECT_EQ(session_->point()->session_id, "s1");
  payload(session_event("X", 2));
  EXPECT_THAT(done(), IsEmpty());

  make();
  session_->start({}, now_);
  done();
  session_->stop();
  EXPECT_THAT(done(), ElementsAre("release identify, not sent"));
  session_->on_identify_acquired(now_);
  EXPECT_THAT(done(), IsEmpty());
}

}  // namespace
}  // namespace guildhall::discord
