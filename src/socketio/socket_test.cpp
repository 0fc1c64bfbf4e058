// Events and acknowledgements of one socket.
#include "socketio/socket.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "socketio/test_support.hpp"

namespace guildhall::socketio {
namespace {

using namespace std::chrono_literals;
using base::Errc;
using testing::ElementsAre;
using testing::IsEmpty;

class SocketTest : public testing::Test {
 protected:
  SocketTest() {
    test_.server.of("/").on_connection([this](Socket& socket) { socket_ = socket.shared_from_this(); });
  }

  /// Runs on the socket's loop.
  template <class Action>
  auto on_loop(Action action) {
    return test_.loops.on(0, std::move(action));
  }

  void ask(std::chrono::milliseconds timeout, const Arguments& arguments = {}) {
    on_loop([&] {
      socket_->emit_with_ack("question", arguments, timeout,
                             [this](base::Result<Arguments> answer) { answers_.push_back(std::move(answer)); });
    });
  }

  std::vector<base::Result<Arguments>> answers_;
  TestServer test_{[] {
    Options options;
    options.max_pending_acks = 2;
    return options;
  }()};
  TestClient client_{test_.loops, test_.server};
  std::shared_ptr<Socket> socket_;
};

TEST_F(SocketTest, HandlersAreCalledInTheOrderOfRegistration) {
  client_.joined();
  std::vector<std::string> calls;
  on_loop([&] {
    socket_->on("a", [&](Event& event) { calls.push_back("first " + event.name); });
    socket_->on("a", [&](Event&) {
      calls.emplace_back("second");
      socket_->on("a", [&](Event&) { calls.emplace_back("added meanwhile"); });
    });
    socket_->on("b", [&](Event&) { calls.emplace_back("other"); });
    socket_->on_any([&](Event& event) { calls.push_back("any " + event.name); });
  });
  client_.says(R"(2["a",1])");
  EXPECT_THAT(calls, ElementsAre("any a", "first a", "second"));
}

TEST_F(SocketTest, EventNamesMayBeNumbers) {
  client_.joined();
  int calls = 0;
  on_loop([&] { socket_->on("12", [&](Event&) { ++calls; }); });
  client_.says("2[12]");
  EXPECT_EQ(calls, 1);
}

TEST_F(SocketTest, NoHandlerIsCalledAfterDisconnect) {
  client_.joined();
  int calls = 0;
  on_loop([&] {
    for (int i = 0; i < 2; ++i) {
      socket_->on("bye", [&](Event&) {
        ++calls;
        socket_->disconnect();
      });
    }
  });
  client_.says(R"(2["bye"])");
  EXPECT_EQ(calls, 1);
}

TEST_F(SocketTest, HandlersAreDestroyedWithTheSocket) {
  client_.joined();
  const auto held = std::make_shared<int>();
  on_loop([&] { socket_->on("a", [held, self = socket_](Event&) {}); });
  EXPECT_EQ(held.use_count(), 2);
  client_.drop();
  EXPECT_EQ(held.use_count(), 1);
}

TEST_F(SocketTest, AnExceptionInAHandlerDoesNotCloseTheConnection) {
  client_.joined();
  on_loop([&] {
    socket_->on("a", [](Event&) { throw std::runtime_error("oops"); });
    socket_->on("a", [&](Event&) { socket_->emit("still here"); });
  });
  client_.says(R"(2["a"])");
  EXPECT_THAT(client_.heard(), ElementsAre(R"(2["still here"])"));
}

TEST_F(SocketTest, BinaryDataIsReceivedAndSent) {
  client_.joined();
  on_loop([&] {
    socket_->on("picture", [&](Event& event) {
      EXPECT_EQ(*event.arguments.bytes(event.arguments[0].at("data")), "\x01\x02");
      socket_->emit("picture-back", event.arguments);
      event.ack(event.arguments);
    });
  });
  client_.says(R"(51-9["picture",{"data":{"_placeholder":true,"num":0}}])");
  EXPECT_THAT(client_.heard(), IsEmpty());
  client_.says_binary("\x01\x02");
  EXPECT_THAT(client_.heard(),
              ElementsAre(R"(51-["picture-back",{"data":{"_placeholder":true,"num":0}}])", "b:\x01\x02",
                          R"(61-9[{"data":{"_placeholder":true,"num":0}}])", "b:\x01\x02"));
}

TEST_F(SocketTest, ReservedNamesAreRefused) {
  client_.joined();
  on_loop([&] {
    EXPECT_THROW(socket_->emit("disconnect"), std::invalid_argument);
    EXPECT_THROW(socket_->emit_with_ack("connect", {}, 1s, [](auto) {}), std::invalid_argument);
    EXPECT_THROW(socket_->broadcast().emit("connect_error"), std::invalid_argument);
  });
}

TEST_F(SocketTest, VolatileEventsMayBeDropped) {
  client_.joined();
  on_loop([&] { socket_->emit("cursor", {1}, engine::Delivery::volatile_); });
  EXPECT_EQ(client_.connection().deliveries.back(), engine::Delivery::volatile_);
}

TEST_F(SocketTest, AnEventIsAcknowledgedOnce) {
  client_.joined();
  on_loop([&] {
    socket_->on("a", [](Event& event) {
      EXPECT_TRUE(event.ack);
      event.ack({1, "2"});
      event.ack({"again"});
    });
    socket_->on("b", [](Event& event) {
      EXPECT_FALSE(event.ack);
      event.ack({1});
    });
  });
  client_.says(R"(2456["a"])");
  client_.says(R"(2["b"])");
  EXPECT_THAT(client_.heard(), ElementsAre(R"(3456[1,"2"])"));
}

TEST_F(SocketTest, AnAckMayBeSentLater) {
  client_.joined();
  Ack ack;
  on_loop([&] { socket_->on("a", [&](Event& event) { ack = event.ack; }); });
  client_.says(R"(21["a"])");
  on_loop([&] { ack({"later"}); });
  EXPECT_THAT(client_.heard(), ElementsAre(R"(31["later"])"));
  client_.says(R"(22["a"])");
  client_.drop();
  socket_.reset();
  on_loop([&] { ack({"too late"}); });
  EXPECT_THAT(client_.heard(), IsEmpty());
}

TEST_F(SocketTest, AClientAcknowledges) {
  client_.joined();
  ask(60s, {"why"});
  EXPECT_THAT(client_.heard(), ElementsAre(R"(20["question","why"])"));
  client_.says("37[\"nobody asked\"]");
  EXPECT_TRUE(answers_.empty());
  client_.says("30[42]");
  client_.says("30[43]");
  ASSERT_EQ(answers_.size(), 1);
  EXPECT_EQ(answers_[0].value()[0], 42);
}

TEST_F(SocketTest, AClientAcknowledgesWithBytes) {
  client_.joined();
  ask(60s);
  client_.says(R"(61-0[{"_placeholder":true,"num":0}])");
  client_.says_binary("bytes");
  ASSERT_EQ(answers_.size(), 1);
  EXPECT_EQ(*answers_[0].value().bytes(answers_[0].value()[0]), "bytes");
}

TEST_F(SocketTest, AcknowledgementsTimeOut) {
  client_.joined();
  ask(1ms);
  while (on_loop([&] { return answers_.empty(); })) std::this_thread::yield();
  EXPECT_EQ(answers_[0].error().code, Errc::timed_out);
  client_.says("30[\"late\"]");
  EXPECT_EQ(answers_.size(), 1);
}

TEST_F(SocketTest, AcknowledgementsFailWhenTheSocketEnds) {
  client_.joined();
  ask(60s);
  client_.drop();
  ask(60s);
  ASSERT_EQ(answers_.size(), 2);
  EXPECT_EQ(answers_[0].error().code, Errc::unavailable);
  EXPECT_EQ(answers_[1].error().code, Errc::unavailable);
}

TEST_F(SocketTest, PendingAcknowledgementsAreLimited) {
  client_.joined();
  for (int i = 0; i < 3; ++i) ask(60s);
  ASSERT_EQ(answers_.size(), 1);
  EXPECT_EQ(answers_[0].error().code, Errc::rate_limited);
  EXPECT_EQ(client_.heard().size(), 2);
}

TEST_F(SocketTest, ACoroutineAwaitsAnAcknowledgement) {
  client_.joined();
  auto answer = net::start(test_.loops.loops().executor(0), socket_->emit_with_ack("question", {1}, 60s));
  EXPECT_THAT(client_.hears(), ElementsAre(R"(20["question",1])"));
  client_.says("30[\"yes\"]");
  EXPECT_EQ(answer.get().value()[0], "yes");
  answer = net::start(test_.loops.loops().executor(0), socket_->emit_with_ack("question", {}, 1ms));
  EXPECT_EQ(answer.get().error().code, Errc::timed_out);
  client_.drop();
  answer = net::start(test_.loops.loops().executor(0), socket_->emit_with_ack("question", {}, 60s));
  EXPECT_EQ(answer.get().error().code, Errc::unavailable);
}

}  // namespace
}  // namespace guildhall::socketio
