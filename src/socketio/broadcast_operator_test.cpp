// Rooms and broadcasts, on one event loop and on several.
#include "socketio/broadcast_operator.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "socketio/packet.hpp"
#include "socketio/test_support.hpp"

namespace guildhall::socketio {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// A server on three loops with a client on each.
class BroadcastTest : public testing::Test {
 protected:
  BroadcastTest() {
    nsp_.on_connection([this](Socket& socket) {
      const std::scoped_lock lock(mutex_);
      joined_ = socket.shared_from_this();
    });
    for (std::size_t i = 0; i < 3; ++i) add(i);
  }

  void add(std::size_t loop) {
    clients_.push_back(std::make_unique<TestClient>(test_.loops, test_.server, loop));
    clients_.back()->joined();
    sockets_.push_back(joined_);
  }
  void join(std::size_t client, std::string_view room) {
    test_.loops.on(clients_[client]->loop(), [&] { sockets_[client]->join(room); });
  }
  void leave(std::size_t client, std::string_view room) {
    test_.loops.on(clients_[client]->loop(), [&] { sockets_[client]->leave(room); });
  }
  /// The clients that received an event, each at most once.
  std::set<std::size_t> reached() {
    std::set<std::size_t> clients;
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      const auto messages = clients_[i]->heard();
      EXPECT_LE(messages.size(), 1U) << "client " << i;
      if (!messages.empty()) clients.insert(i);
    }
    return clients;
  }

  std::mutex mutex_;
  std::shared_ptr<Socket> joined_;
  TestServer test_{{}, 3};
  Namespace& nsp_ = test_.server.of("/");
  std::vector<std::unique_ptr<TestClient>> clients_;
  std::vector<std::shared_ptr<Socket>> sockets_;
};

using Clients = std::set<std::size_t>;

TEST_F(BroadcastTest, ReachesAllLoopsAndIsEncodedOnce) {
  nsp_.emit("news", {1});
  for (auto& client : clients_) EXPECT_THAT(client->heard(), ElementsAre(R"(2["news",1])"));
  const auto& encoding = clients_[0]->connection().encodings.back();
  EXPECT_EQ(clients_[1]->connection().encodings.back(), encoding);
  EXPECT_EQ(clients_[2]->connection().encodings.back(), encoding);
}

TEST_F(BroadcastTest, RoomsAndExceptions) {
  join(0, "red");
  join(1, "red");
  join(1, "blue");
  join(2, "blue");
  nsp_.to("red").emit("x");
  EXPECT_EQ(reached(), (Clients{0, 1}));
  nsp_.to("red").to("blue").emit("x");
  EXPECT_EQ(reached(), (Clients{0, 1, 2})) << "each once";
  nsp_.to("red").except("blue").emit("x");
  EXPECT_EQ(reached(), (Clients{0}));
  nsp_.except("red").emit("x");
  EXPECT_EQ(reached(), (Clients{2}));
  nsp_.to("nobody").emit("x");
  EXPECT_EQ(reached(), (Clients{}));
  nsp_.except("nobody").emit("x");
  EXPECT_EQ(reached(), (Clients{0, 1, 2}));
}

TEST_F(BroadcastTest, ASocketIdIsARoom) {
  nsp_.to(sockets_[1]->id()).emit("x");
  EXPECT_EQ(reached(), (Clients{1}));
  nsp_.except(sockets_[1]->id()).emit("x");
  EXPECT_EQ(reached(), (Clients{0, 2}));
  join(0, "red");
  nsp_.to("red").to(sockets_[0]->id()).emit("x");
  EXPECT_EQ(reached(), (Clients{0}));
}

TEST_F(BroadcastTest, ASocketBroadcastsToTheOthers) {
  join(0, "red");
  join(1, "red");
  test_.loops.on(1, [&] { sockets_[1]->broadcast().emit("x"); });
  EXPECT_EQ(reached(), (Clients{0, 2}));
  test_.loops.on(1, [&] { sockets_[1]->to("red").emit("x"); });
  EXPECT_EQ(reached(), (Clients{0}));
}

TEST_F(BroadcastTest, DoesNotReachSocketsThatLeft) {
  join(0, "red");
  join(1, "red");
  join(1, "red");
  leave(0, "red");
  leave(0, "red");
  leave(0, "never");
  nsp_.to("red").emit("x");
  EXPECT_EQ(reached(), (Clients{1}));
  clients_[1]->drop();
  leave(1, "red");
  join(1, "red");
  nsp_.to("red").emit("x");
  nsp_.emit("x");
  EXPECT_EQ(reached(), (Clients{0, 2}));
}

TEST_F(BroadcastTest, ASocketListsItsRooms) {
  join(0, "red");
  join(0, "blue");
  test_.loops.on(0, [&] {
    EXPECT_THAT(sockets_[0]->rooms(), ElementsAre("red", "blue"));
    EXPECT_TRUE(sockets_[0]->in("red"));
    EXPECT_TRUE(sockets_[0]->in(sockets_[0]->id()));
    EXPECT_FALSE(sockets_[0]->in("green"));
  });
  leave(0, "red");
  test_.loops.on(0, [&] { EXPECT_THAT(sockets_[0]->rooms(), ElementsAre("blue")); });
}

TEST_F(BroadcastTest, RoomsAreRightAfterManyJoinsAndLeaves) {
  for (std::size_t i = 3; i < 20; ++i) add(0);
  Clients members;
  unsigned state = 1;
  for (int i = 0; i < 500; ++i) {
    state = state * 1103515245U + 12345U;
    const std::size_t client = (state >> 16U) % clients_.size();
    if (members.erase(client) > 0) {
      leave(client, "red");
    } else {
      join(client, "red");
      members.insert(client);
    }
    if (i % 50 == 0) {
      nsp_.to("red").emit("x");
      EXPECT_EQ(reached(), members);
    }
  }
}

TEST_F(BroadcastTest, VolatileEventsMayBeDropped) {
  nsp_.broadcast().volatile_().emit("x");
  EXPECT_EQ(reached(), (Clients{0, 1, 2}));
  EXPECT_EQ(clients_[0]->connection().deliveries.back(), engine::Delivery::volatile_);
}

TEST_F(BroadcastTest, KeepsOrderWithEventsEmittedToOneSocket) {
  test_.loops.on(0, [&] {
    sockets_[0]->emit("1");
    nsp_.emit("2");
    sockets_[0]->emit("3");
    nsp_.emit("4");
  });
  EXPECT_THAT(clients_[0]->heard(), ElementsAre(R"(2["1"])", R"(2["2"])", R"(2["3"])", R"(2["4"])"));
  EXPECT_THAT(clients_[1]->heard(), ElementsAre(R"(2["2"])", R"(2["4"])"));
}

TEST_F(BroadcastTest, KeepsOrderOfEachThread) {
  constexpr int count = 200;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&, thread] {
      for (int i = 0; i < count; ++i) nsp_.emit(std::to_string(thread), {i});
    });
  }
  for (auto& thread : threads) thread.join();
  for (auto& client : clients_) {
    const auto messages = client->heard();
    EXPECT_THAT(messages, SizeIs(3 * count));
    for (int thread = 0; thread < 3; ++thread) {
      int next = 0;
      for (const auto& message : messages) {
        if (message[3] != '0' + thread) continue;
        EXPECT_EQ(message, encode_event("/", std::to_string(thread), {next++}));
      }
    }
  }
}

// A socket that joins under the lock under which a number is changed and broadcast gets each number once.
TEST_F(BroadcastTest, AJoinUnderALockMissesNothingAndRepeatsNothing) {
  std::mutex state;
  int number = 0;
  std::atomic<bool> done = false;
  std::thread broadcaster([&] {
    while (!done) {
      {
        const std::scoped_lock lock(state);
        nsp_.to("numbers").emit("number", {++number});
      }
      test_.loops.settle(0);
    }
  });
  for (int round = 0; round < 50; ++round) {
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      test_.loops.on(i, [&] {
        const std::scoped_lock lock(state);
        sockets_[i]->join("numbers");
        sockets_[i]->emit("number", {number});
      });
    }
    for (std::size_t i = 0; i < clients_.size(); ++i) {
      const auto messages = clients_[i]->hears();
      auto next = std::stoi(messages.front().substr(11));
      for (const auto& message : messages) EXPECT_EQ(message, encode_event("/", "number", {next++}));
      leave(i, "numbers");
      clients_[i]->heard();
    }
  }
  done = true;
  broadcaster.join();
}

TEST_F(BroadcastTest, ConnectionsMayCloseDuringABroadcast) {
  std::vector<std::string> ends;
  for (std::size_t i = 3; i < 8; ++i) add(0);
  for (const std::size_t i : {0U, 3U, 4U, 6U}) {
    join(i, "red");
    test_.loops.on(0, [&, i] {
      clients_[i]->connection().close_on_send = i != 4;
      sockets_[i]->on_disconnect([&, i](DisconnectReason) {
        nsp_.emit("gone", {i});
        sockets_[4]->disconnect();
      });
    });
  }
  test_.loops.on(0, [&] { nsp_.to("red").emit("x"); });
  test_.loops.settle(0);
  EXPECT_EQ(nsp_.size(), 4) << "0, 3, 4 and 6 are gone";
  EXPECT_THAT(clients_[1]->heard(),
              ElementsAre(R"(2["gone",0])", R"(2["gone",4])", R"(2["gone",3])", R"(2["gone",6])"));
}

TEST_F(BroadcastTest, ForEachMayChangeRooms) {
  join(0, "red");
  add(0);
  join(3, "red");
  nsp_.to("red").to(sockets_[0]->id()).for_each([](Socket& socket) {
    socket.leave("red");
    socket.join("blue");
    socket.join("red");
    socket.nsp().to("blue").to("red").emit("seen");
  });
  EXPECT_THAT(clients_[0]->heard(), SizeIs(2));
  EXPECT_THAT(clients_[3]->heard(), SizeIs(2)) << "it was in red when the first one emitted";
  nsp_.to("red").disconnect();
  for (std::size_t i : {0U, 3U}) EXPECT_THAT(clients_[i]->heard(), ElementsAre("1"));
  EXPECT_EQ(nsp_.size(), 2);
}

TEST_F(BroadcastTest, JoinsLeavesAndDisconnectsByRoom) {
  join(0, "red");
  join(1, "red");
  nsp_.to("red").join("blue");
  nsp_.to("blue").emit("x");
  EXPECT_EQ(reached(), (Clients{0, 1}));
  nsp_.to("blue").except(sockets_[0]->id()).leave("blue");
  nsp_.to("blue").emit("x");
  EXPECT_EQ(reached(), (Clients{0}));
  nsp_.to("red").disconnect();
  EXPECT_EQ(reached(), (Clients{0, 1}));
  EXPECT_TRUE(clients_[0]->open());
  nsp_.broadcast().disconnect_clients();
  EXPECT_FALSE(clients_[2]->open());
}

TEST_F(BroadcastTest, EachNamespaceHasItsOwnRooms) {
  auto& other = test_.server.of("/other");
  clients_[0]->says("0/other");
  clients_[0]->heard();
  join(0, "red");
  other.to("red").emit("x");
  EXPECT_EQ(reached(), (Clients{}));
  other.emit("x");
  EXPECT_THAT(clients_[0]->heard(), ElementsAre(R"(2/other,["x"])"));
}

}  // namespace
}  // namespace guildhall::socketio
