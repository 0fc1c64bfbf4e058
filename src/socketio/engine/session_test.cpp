#include "socketio/engine/session.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "net/websocket.hpp"

namespace guildhall::socketio::engine {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

/// A session and the I/O that it asked for, in order.
class SessionTest : public testing::Test, public SessionIo {
 protected:
  void start(Transport transport) { session_.emplace(options_, transport, now_, *this); }
  Session& session() { return *session_; }

  bool poll() { return session().on_poll(now_); }
  bool post(std::string_view payload) { return session().on_post(payload, now_); }
  void send(std::string_view text, Delivery delivery = Delivery::reliable) {
    session().send(std::make_shared<EncodedMessages>(text), delivery);
  }
  void pass(std::chrono::milliseconds time) {
    now_ += time;
    session().on_time(now_);
  }
  /// Upgrades up to the client's `5`.
  void probe() {
    ASSERT_TRUE(session().on_probe_opened(now_));
    session().on_probe_text("2probe", now_);
  }
  std::vector<std::string> take() { return std::exchange(done_, {}); }

  void answer_poll(std::string payload) override { done_.push_back("poll " + payload); }
  void flush_soon() override { done_.emplace_back("flush soon"); }
  void send(std::shared_ptr<const EncodedMessages> messages) override {
    done_.push_back("send " + std::string(messages->payload()));
    unsent_ += messages->frames().size() + net::WebSocket::piece_cost;
  }
  void send_ping() override { done_.emplace_back("send 2"); }
  void write_now() override {
    if (writable_) unsent_ = 0;
    if (gone_) session().on_websocket_closed(DisconnectReason::transport_close);
  }
  [[nodiscard]] bool writable() const override { return writable_; }
  [[nodiscard]] std::size_t unsent_bytes() const override { return unsent_; }
  void close_websocket(net::CloseCode code) override {
    done_.push_back("close websocket " + std::to_string(static_cast<int>(code)));
  }
  void abort_websocket() override { done_.emplace_back("abort websocket"); }
  void answer_probe() override { done_.emplace_back("answer probe"); }
  void close_probe() override { done_.emplace_back("close probe"); }
  void adopt_probe() override { done_.emplace_back("adopt probe"); }
  void on_text(std::string_view message) override {
    done_.push_back("text " + std::string(message));
    if (message == "close") session().close(DisconnectReason::forced_close, now_);
    if (message == "answer") send("answer");
  }
  void on_binary(std::string_view message) override { done_.push_back("binary " + std::string(message)); }
  void on_close(DisconnectReason reason) override { done_.push_back("closed: " + std::string(to_string(reason))); }
  void on_finished() override { done_.emplace_back("finished"); }

  Options options_{.ping_interval = 300ms, .ping_timeout = 200ms, .upgrade_timeout = 1000ms, .max_unsent = 400};
  Session::Time now_{};
  std::optional<Session> session_;
  std::vector<std::string> done_;
  bool writable_ = true;
  bool gone_ = false;
  std::size_t unsent_ = 0;
};

class Polling : public SessionTest {
 protected:
  Polling() { start(Transport::polling); }
};
class OverWebSocket : public SessionTest {
 protected:
  OverWebSocket() { start(Transport::websocket); }
};

TEST_F(Polling, APollIsAnsweredAtOnceWithQueuedMessages) {
  send("one");
  send("two");
  EXPECT_GT(session().unsent(), 0U);
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 4one\x1e"
                                  "4two"));
  EXPECT_EQ(session().unsent(), 0U);
}

TEST_F(Polling, APollIsAnsweredWithFewPackets) {
  options_.max_unsent = 100'000;
  for (int i = 0; i < 20; ++i) send(std::to_string(i));
  session().close(DisconnectReason::forced_close, now_);
  take();
  EXPECT_TRUE(poll());
  auto answer = take();
  EXPECT_THAT(answer, ElementsAre(testing::EndsWith("\x1e"
                                                    "415")));
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 416\x1e"
                                  "417\x1e"
                                  "418\x1e"
                                  "419\x1e"
                                  "1",
                                  "finished"));
}

TEST_F(Polling, WhatIsLeftOfAnAnsweredPollIsSentBeforeTheEnd) {
  options_.max_unsent = 100'000;
  EXPECT_TRUE(poll());
  for (int i = 0; i < 17; ++i) send("x");
  session().close(DisconnectReason::forced_close, now_);
  take();
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 4x\x1e"
                                  "1",
                                  "finished"));
}

TEST_F(Polling, AClientThatNobodyHasAdmittedMayLeaveLittleUnread) {
  options_.unadmitted = UnadmittedLimits{.max_unsent = 200};
  start(Transport::polling);
  send("x");
  send("x");
  EXPECT_THAT(take(), ElementsAre("closed: transport error", "finished"));
  start(Transport::polling);
  session().admit();
  send("x");
  send("x");
  EXPECT_THAT(take(), IsEmpty());
}

TEST_F(Polling, AHeldPollIsAnsweredWithTheMessagesOfOneTurn) {
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), IsEmpty());
  send("one");
  send("two");
  EXPECT_THAT(take(), ElementsAre("flush soon"));
  session().flush();
  EXPECT_THAT(take(), ElementsAre("poll 4one\x1e"
                                  "4two"));
  session().flush();
  EXPECT_THAT(take(), IsEmpty());
}

TEST_F(Polling, MessagesOfAPostAreDeliveredInOrder) {
  EXPECT_TRUE(
      post("4hello\x1e"
           "bAQID\x1e"
           "4world"));
  EXPECT_THAT(take(), ElementsAre("text hello", "binary \1\2\3", "text world"));
}

TEST_F(Polling, AMalformedPostEndsTheSession) {
  EXPECT_TRUE(poll());
  EXPECT_FALSE(
      post("4hello\x1e"
           "abc\x1e"
           "4world"));
  EXPECT_THAT(take(), ElementsAre("text hello", "poll 1", "closed: parse error", "finished"));
  EXPECT_FALSE(post("4hello"));
  EXPECT_FALSE(poll());
  EXPECT_THAT(take(), IsEmpty());
}

TEST_F(Polling, ServerPacketsFromAClientEndTheSession) {
  for (const char* packet : {"0{}", "2", "2probe", "5"}) {
    start(Transport::polling);
    EXPECT_FALSE(post(packet)) << packet;
    EXPECT_THAT(take(), ElementsAre("closed: parse error", "finished")) << packet;
  }
}

TEST_F(Polling, ASecondPollEndsTheSession) {
  EXPECT_TRUE(poll());
  EXPECT_FALSE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 1", "closed: transport error", "finished"));
}

TEST_F(Polling, TheClientCloses) {
  EXPECT_TRUE(poll());
  EXPECT_TRUE(
      post("4bye\x1e"
           "1\x1e"
           "4more"));
  EXPECT_THAT(take(), ElementsAre("text bye", "poll 6", "closed: transport close", "finished"));
}

TEST_F(Polling, TheClientClosesAndItsPollArrivesLater) {
  send("in vain");
  EXPECT_TRUE(post("1"));
  EXPECT_THAT(take(), ElementsAre("closed: transport close"));
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 6", "finished"));
  EXPECT_FALSE(poll());
}

TEST_F(Polling, AClosedSessionWaitsForTheLastPollOnlyShortly) {
  EXPECT_TRUE(post("1"));
  take();
  pass(Session::max_late_poll_wait - 1ms);
  EXPECT_THAT(take(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(take(), ElementsAre("finished"));
}

TEST_F(Polling, TheServerClosesWhileAPollWaits) {
  EXPECT_TRUE(poll());
  send("bye");
  session().close(DisconnectReason::forced_close, now_);
  EXPECT_THAT(take(), ElementsAre("flush soon", "poll 4bye", "closed: forced close", "finished"));
}

TEST_F(Polling, TheServerClosesAndTheNextPollIsAnsweredWithClose) {
  send("bye");
  session().close(DisconnectReason::forced_close, now_);
  EXPECT_THAT(take(), ElementsAre("closed: forced close"));
  send("too late");
  EXPECT_TRUE(post("4ignored"));
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 4bye\x1e"
                                  "1",
                                  "finished"));
}

TEST_F(Polling, AShutdownDoesNotWaitForAPoll) {
  session().close(DisconnectReason::server_shutting_down, now_);
  EXPECT_THAT(take(), ElementsAre("closed: server shutting down", "finished"));
}

TEST_F(Polling, AListenerMayCloseDuringAPayload) {
  EXPECT_TRUE(
      post("4close\x1e"
           "4more"));
  EXPECT_THAT(take(), ElementsAre("text close", "closed: forced close"));
}

TEST_F(Polling, PingsAndExpectsPongs) {
  pass(300ms);
  EXPECT_THAT(take(), IsEmpty());  // There is no poll to answer.
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 2"));
  pass(150ms);
  EXPECT_TRUE(post("3"));
  EXPECT_TRUE(poll());
  pass(299ms);
  EXPECT_THAT(take(), IsEmpty());
  pass(1ms);
  EXPECT_THAT(take(), ElementsAre("poll 2"));
}

TEST_F(Polling, AMissingPongEndsTheSession) {
  EXPECT_TRUE(poll());
  pass(300ms);
  EXPECT_TRUE(poll());
  pass(199ms);
  EXPECT_THAT(take(), ElementsAre("poll 2"));
  pass(1ms);
  EXPECT_THAT(take(), ElementsAre("poll 1", "closed: ping timeout", "finished"));
}

TEST_F(Polling, ARequestNoticesATimeout) {
  pass(300ms);
  now_ += 200ms;
  EXPECT_FALSE(poll());
  EXPECT_THAT(take(), ElementsAre("closed: ping timeout", "finished"));
}

TEST_F(Polling, AnyPacketCountsAsAPong) {
  pass(300ms);
  pass(190ms);
  EXPECT_TRUE(post("4still here"));
  pass(10ms);
  EXPECT_THAT(take(), ElementsAre("text still here"));
  pass(190ms);
  EXPECT_THAT(take(), ElementsAre("closed: ping timeout", "finished"));
}

TEST_F(Polling, VolatileMessagesNeedAHeldPoll) {
  send("dropped", Delivery::volatile_);
  EXPECT_TRUE(poll());
  send("taken", Delivery::volatile_);
  session().flush();
  send("dropped", Delivery::volatile_);
  EXPECT_THAT(take(), ElementsAre("flush soon", "poll 4taken"));
}

TEST_F(Polling, WhileTheMessagesOfAllAreTooLargeAClientMayLeaveLittleUnread) {
  options_.max_unsent = 100'000;
  options_.max_total_unsent = 50'000;
  options_.max_unsent_over_total = 1'000;
  start(Transport::polling);
  send(std::string(2'000, 'x'));
  send(std::string(2'000, 'x'));
  EXPECT_THAT(take(), IsEmpty());
  const auto others = std::make_shared<EncodedMessages>(std::string(50'000, 'x'));
  EXPECT_TRUE(poll());
  send(std::string(2'000, 'y'));
  EXPECT_THAT(take(), ElementsAre(testing::StartsWith("poll"))) << "whoever has read everything may get any size";
  send("z");
  EXPECT_THAT(take(), ElementsAre("closed: transport error", "finished"));
}

TEST_F(Polling, AClientThatStopsPollingIsClosedAtTheLimit) {
  send(std::string(100, 'x'));
  send("still room");
  EXPECT_THAT(take(), IsEmpty());
  send(std::string(100, 'x'));
  EXPECT_THAT(take(), ElementsAre("closed: transport error", "finished"));
  EXPECT_EQ(session().unsent(), 0U);
}

TEST_F(Polling, ABurstIntoAHeldPollIsNotClosed) {
  EXPECT_TRUE(poll());
  send(std::string(180, 'x'));
  send(std::string(180, 'y'));
  EXPECT_THAT(take(), ElementsAre("flush soon", "poll 4" + std::string(180, 'x')));
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("poll 4" + std::string(180, 'y')));
}

TEST_F(Polling, UpgradesToWebSocket) {
  EXPECT_TRUE(poll());
  EXPECT_TRUE(session().on_probe_opened(now_));
  session().on_probe_text("2probe", now_);
  EXPECT_THAT(take(), ElementsAre("answer probe", "poll 6"));
  send("between");
  session().on_probe_text("5", now_);
  EXPECT_THAT(take(), ElementsAre("adopt probe", "send 4between"));
  EXPECT_EQ(session().transport(), Transport::websocket);
  session().on_websocket_text("4answer", now_);
  EXPECT_THAT(take(), ElementsAre("text answer", "send 4answer"));
  EXPECT_FALSE(poll());
  EXPECT_FALSE(post("4hello"));
  EXPECT_FALSE(session().on_probe_opened(now_));
  EXPECT_THAT(take(), IsEmpty());
}

TEST_F(Polling, MessagesDuringAnUpgradeAnswerTheHeldPoll) {
  probe();
  take();
  EXPECT_TRUE(poll());
  send("one");
  session().flush();
  send("two");
  session().on_probe_text("5", now_);
  EXPECT_THAT(take(), ElementsAre("flush soon", "poll 4one", "adopt probe", "send 4two"));
}

TEST_F(Polling, APollDuringAnUpgradeIsAnsweredSoon) {
  probe();
  EXPECT_TRUE(poll());
  EXPECT_THAT(take(), ElementsAre("answer probe"));
  pass(Session::max_probed_poll);
  EXPECT_THAT(take(), ElementsAre("poll 6"));
}

TEST_F(Polling, AHeldPollIsAnsweredWhenTheUpgradeCompletes) {
  probe();
  EXPECT_TRUE(poll());
  session().on_probe_text("5", now_);
  EXPECT_THAT(take(), ElementsAre("answer probe", "poll 6", "adopt probe"));
}

TEST_F(Polling, AQueuedPingGoesOverTheWebSocket) {
  probe();
  pass(300ms);
  session().on_probe_text("5", now_);
  EXPECT_THAT(take(), ElementsAre("answer probe", "adopt probe", "send 2"));
}

TEST_F(Polling, AnUpgradeHasATimeLimit) {
  probe();
  EXPECT_TRUE(post("3"));
  for (int i = 0; i < 5; ++i) {
    pass(200ms);
    EXPECT_TRUE(post("3"));
  }
  EXPECT_THAT(take(), ElementsAre("answer probe", "close probe"));
  session().on_probe_text("5", now_);
  EXPECT_EQ(session().transport(), Transport::polling);
  EXPECT_TRUE(poll());
  EXPECT_TRUE(session().open());
}

TEST_F(Polling, AnUpgradeStartsWithAProbe) {
  for (const char* first : {"5", "4hello", "2", "3probe", "x", ""}) {
    EXPECT_TRUE(session().on_probe_opened(now_));
    session().on_probe_text(first, now_);
    EXPECT_THAT(take(), ElementsAre("close probe")) << first;
  }
  EXPECT_TRUE(session().on_probe_opened(now_));
  session().on_probe_binary();
  EXPECT_THAT(take(), ElementsAre("close probe"));
  EXPECT_TRUE(session().open());
}

TEST_F(Polling, OnlyOneProbeAtATime) {
  EXPECT_TRUE(session().on_probe_opened(now_));
  EXPECT_FALSE(session().on_probe_opened(now_));
  session().on_probe_closed();
  EXPECT_TRUE(session().on_probe_opened(now_));
}

TEST_F(Polling, TheEndOfTheSessionClosesTheProbe) {
  probe();
  EXPECT_FALSE(post("abc"));
  EXPECT_THAT(take(), ElementsAre("answer probe", "close probe", "closed: parse error", "finished"));
}

TEST_F(Polling, TheServerClosesDuringAnUpgrade) {
  probe();
  send("bye");
  session().close(DisconnectReason::forced_close, now_);
  EXPECT_THAT(take(), ElementsAre("answer probe", "closed: forced close"));
  session().on_probe_text("5", now_);
  EXPECT_THAT(take(), ElementsAre("adopt probe", "send 4bye", "close websocket 1000", "finished"));
}

TEST_F(OverWebSocket, MessagesAreReceivedAndSent) {
  session().on_websocket_text("4answer", now_);
  session().on_websocket_binary("\1\2", now_);
  EXPECT_THAT(take(), ElementsAre("text answer", "send 4answer", "binary \1\2"));
}

TEST_F(OverWebSocket, AMalformedPacketEndsTheSession) {
  session().on_websocket_text("abc", now_);
  EXPECT_THAT(take(), ElementsAre("close websocket 1002", "closed: parse error", "finished"));
  session().on_websocket_text("4hello", now_);
  session().on_websocket_binary("hello", now_);
  session().on_websocket_closed(DisconnectReason::transport_close);
  EXPECT_THAT(take(), IsEmpty());
}

TEST_F(OverWebSocket, TheClientCloses) {
  session().on_websocket_text("1", now_);
  EXPECT_THAT(take(), ElementsAre("close websocket 1000", "closed: transport close", "finished"));
}

TEST_F(OverWebSocket, TheConnectionIsLost) {
  session().on_websocket_closed(DisconnectReason::transport_close);
  EXPECT_THAT(take(), ElementsAre("close websocket 1000", "closed: transport close", "finished"));
}

TEST_F(OverWebSocket, TheServerCloses) {
  session().close(DisconnectReason::server_shutting_down, now_);
  session().close(DisconnectReason::forced_close, now_);
  EXPECT_THAT(take(), ElementsAre("close websocket 1001", "closed: server shutting down", "finished"));
}

TEST_F(OverWebSocket, PingsAndExpectsPongs) {
  pass(300ms);
  session().on_websocket_text("3", now_);
  pass(300ms);
  EXPECT_THAT(take(), ElementsAre("send 2", "send 2"));
  pass(200ms);
  EXPECT_THAT(take(), ElementsAre("close websocket 1000", "closed: ping timeout", "finished"));
  EXPECT_EQ(session().deadline(), Session::Time::max());
}

TEST_F(OverWebSocket, VolatileMessagesNeedAWritableConnection) {
  send("taken", Delivery::volatile_);
  writable_ = false;
  send("dropped", Delivery::volatile_);
  EXPECT_THAT(take(), ElementsAre("send 4taken"));
}

TEST_F(OverWebSocket, AClientThatStopsReadingIsClosedAtTheLimit) {
  writable_ = false;
  send(std::string(160, 'x'));
  send(std::string(160, 'x'));
  EXPECT_THAT(take(),
              ElementsAre("send 4" + std::string(160, 'x'), "abort websocket", "closed: transport error", "finished"));
}

TEST_F(OverWebSocket, NothingIsSentToALostConnection) {
  gone_ = true;
  send(std::string(300, 'x'));
  send(std::string(300, 'x'));
  EXPECT_THAT(take(), ElementsAre("send 4" + std::string(300, 'x'), "close websocket 1000", "closed: transport close",
                                  "finished"));
}

TEST_F(Polling, ManySmallMessagesAreLimitedToo) {
  for (int i = 0; i < 100; ++i) send("x");
  EXPECT_THAT(take(), ElementsAre("closed: transport error", "finished"));
}

TEST_F(OverWebSocket, AClientThatReadsMayReceiveAnyAmount) {
  for (int i = 0; i < 10; ++i) send(std::string(160, 'x'));
  send(std::string(500, 'x'));
  EXPECT_TRUE(session().open());
  EXPECT_EQ(take().size(), 11U);
}

}  // namespace
}  // namespace guildhall::socketio::engine
