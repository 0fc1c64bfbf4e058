// Connection state recovery, from one connection to the next.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include "socketio/json_text.hpp"
#include "socketio/test_support.hpp"

namespace guildhall::socketio {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

class RecoveryTest : public testing::Test {
 protected:
  explicit RecoveryTest(RecoveryOptions recovery = {})
      : test_{[&] {
                Options options;
                options.recovery = recovery;
                return options;
              }(),
              2} {
    nsp_.on_connection([this](Socket& socket) {
      recovered_ = socket.recovered();
      if (!recovered_) {
        socket.join("red");
        socket.data() = std::string("somebody");
      }
      known_as_ = std::any_cast<std::string>(socket.data());
    });
  }

  /// What a client library remembers of a connection.
  struct Known {
    std::string sid;
    std::string pid;
    std::string offset;
    std::vector<std::string> events;
  };
  static Known listen(TestClient& client, Known known = {}) {
    for (const auto& message : client.hears()) {
      const auto content = parse_json(message.substr(1)).value();
      if (message[0] == '0') {
        known.sid = content.at("sid").as_string();
        known.pid = content.at("pid").as_string();
      } else {
        const auto& event = content.as_array();
        known.events.emplace_back(event.front().as_string());
        if (event.size() > 1 && event.back().is_string()) known.offset = event.back().as_string();
      }
    }
    return known;
  }
  static std::string reconnect(const Known& known) {
    return "0" + serialize(boost::json::value{{"pid", known.pid}, {"offset", known.offset}});
  }

  bool recovered_ = false;
  std::string known_as_;
  TestServer test_;
  Namespace& nsp_ = test_.server.of("/");
};

TEST_F(RecoveryTest, RestoresIdRoomsDataAndMissedPackets) {
  TestClient before(test_.loops, test_.server, 0);
  before.says("0");
  auto known = listen(before);
  nsp_.emit("first");
  known = listen(before, known);
  EXPECT_THAT(known.events, ElementsAre("first"));
  before.drop();
  nsp_.to("red").emit("to red");
  nsp_.to("blue").emit("to blue");
  nsp_.to(known.sid).emit("to it");
  nsp_.broadcast().volatile_().emit("dropped");
  nsp_.emit("to all");

  TestClient after(test_.loops, test_.server, 1);
  after.says(reconnect(known));
  const auto now = listen(after);
  EXPECT_TRUE(recovered_);
  EXPECT_EQ(known_as_, "somebody");
  EXPECT_EQ(now.sid, known.sid);
  EXPECT_EQ(now.pid, known.pid);
  EXPECT_THAT(now.events, ElementsAre("to red", "to it", "to all"));
  nsp_.to("red").emit("next");
  EXPECT_THAT(listen(after).events, ElementsAre("next"));
}

TEST_F(RecoveryTest, PacketsLostWithTheConnectionAreSentAgain) {
  TestClient before(test_.loops, test_.server);
  before.says("0");
  nsp_.emit("first");
  const auto known = listen(before);
  nsp_.emit("lost");
  before.drop();
  TestClient after(test_.loops, test_.server);
  after.says(reconnect(known));
  EXPECT_THAT(listen(after).events, ElementsAre("lost"));
}

TEST_F(RecoveryTest, MissedPacketsThatAreLostTooAreSentAgain) {
  TestClient before(test_.loops, test_.server);
  before.says("0");
  nsp_.emit("first");
  auto known = listen(before);
  before.drop();
  nsp_.emit("missed");
  for (int i = 0; i < 2; ++i) {
    TestClient after(test_.loops, test_.server);
    after.says(reconnect(known));
    EXPECT_THAT(listen(after).events, ElementsAre("missed")) << "the client reports the same offset each time";
  }
}

TEST_F(RecoveryTest, AClientThatDisconnectedItselfIsNotRecovered) {
  TestClient before(test_.loops, test_.server);
  before.says("0");
  nsp_.emit("first");
  const auto known = listen(before);
  before.says("1");
  TestClient after(test_.loops, test_.server);
  after.says(reconnect(known));
  const auto now = listen(after);
  EXPECT_FALSE(recovered_);
  EXPECT_NE(now.sid, known.sid);
  EXPECT_NE(now.pid, known.pid);
}

TEST_F(RecoveryTest, AnUnknownPidStartsANewSession) {
  TestClient client(test_.loops, test_.server);
  client.says(R"(0{"pid":"guessed","offset":"x"})");
  EXPECT_NE(listen(client).pid, "guessed");
  EXPECT_FALSE(recovered_);
  TestClient odd(test_.loops, test_.server);
  odd.says(R"(0{"pid":1,"offset":{}})");
  EXPECT_FALSE(listen(odd).pid.empty());
}

// Several threads broadcast while a client reconnects: it gets each packet once, in order.
TEST_F(RecoveryTest, ManyReconnectsLoseAndRepeatNothing) {
  constexpr int rounds = 40;
  std::atomic<bool> done = false;
  std::vector<std::thread> threads;
  std::array<std::atomic<int>, 2> told{};
  for (int thread = 0; thread < 2; ++thread) {
    threads.emplace_back([&, thread] {
      while (!done) {
        nsp_.to("red").emit(std::to_string(thread), {told.at(static_cast<std::size_t>(thread))++});
        test_.loops.on(static_cast<std::size_t>(thread), [] {});
      }
    });
  }
  Known known;
  std::vector<std::string> all;
  for (int round = 0; round < rounds; ++round) {
    TestClient client(test_.loops, test_.server, static_cast<std::size_t>(round % 2));
    client.says(round == 0 ? "0" : reconnect(known));
    while (known.events.size() < 20) {
      for (const auto& message : client.hears()) {
        if (message[0] == '2') all.push_back(message);
        const auto content = parse_json(message.substr(1)).value();
        if (message[0] == '0') {
          known.pid = content.at("pid").as_string();
        } else {
          known.offset = content.as_array().back().as_string();
          known.events.emplace_back(message);
        }
      }
    }
    known.events.clear();
    EXPECT_EQ(recovered_, round > 0);
    // Packets in flight are lost with the connection.
  }
  done = true;
  for (auto& thread : threads) thread.join();
  std::array<int, 2> next{-1, -1};
  for (const auto& message : all) {
    const auto event = parse_json(message.substr(1)).value().as_array();
    auto& expected = next.at(static_cast<std::size_t>(event[0].as_string()[0] - '0'));
    const auto number = static_cast<int>(event[1].as_int64());
    EXPECT_TRUE(expected == -1 || number == expected) << message;
    expected = number + 1;
  }
}

class SkippedMiddlewareTest : public RecoveryTest {
 protected:
  explicit SkippedMiddlewareTest(bool skip = true) : RecoveryTest({.skip_middlewares = skip}) {
    nsp_.use([this](Socket&) -> net::Task<Admission> {
      ++asked_;
      co_return Admission();
    });
  }
  void come_back() {
    TestClient before(test_.loops, test_.server);
    before.says("0");
    const auto known = listen(before);
    before.drop();
    nsp_.emit("missed");
    TestClient after(test_.loops, test_.server);
    after.says(reconnect(known));
    EXPECT_THAT(listen(after).events, ElementsAre("missed"));
    EXPECT_TRUE(recovered_);
  }

  int asked_ = 0;
};

TEST_F(SkippedMiddlewareTest, MiddlewaresAreSkipped) {
  come_back();
  EXPECT_EQ(asked_, 1);
}

class RepeatedMiddlewareTest : public SkippedMiddlewareTest {
 protected:
  RepeatedMiddlewareTest() : SkippedMiddlewareTest(false) {}
};

TEST_F(RepeatedMiddlewareTest, MiddlewaresRunAgain) {
  come_back();
  EXPECT_EQ(asked_, 2);
}

TEST(WithoutRecovery, PacketsCarryNoOffset) {
  TestServer test;
  auto& nsp = test.server.of("/");
  TestClient client(test.loops, test.server);
  client.says(R"(0{"pid":"x","offset":"y"})");
  nsp.emit("news", {1});
  EXPECT_THAT(client.heard(), ElementsAre(testing::Not(testing::HasSubstr("pid")), R"(2["news",1])"));
}

}  // namespace
}  // namespace guildhall::socketio
