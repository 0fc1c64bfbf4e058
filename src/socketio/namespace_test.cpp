// Joining namespaces and leaving them.
#include "socketio/namespace.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/async/event.hpp"
#include "socketio/test_support.hpp"

namespace guildhall::socketio {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::MatchesRegex;
using testing::StartsWith;

net::Task<Admission> turn_away(Socket&) { co_return ConnectError{"not you", {{"code", 7}}}; }

/// A middleware that waits for the test.
struct Gate {
  net::Task<Admission> wait() {
    co_await open.wait();
    co_return Admission();
  }

  net::Event open;
};

class NamespaceTest : public testing::Test {
 protected:
  void open_gate() {
    test_.loops.on(0, [&] { gate_.open.set(); });
  }
  void set_gate() {
    test_.server.of("/").use([this](Socket&) { return gate_.wait(); });
  }

  Gate gate_;
  TestServer test_{[] {
    Options options;
    options.connect_timeout = 60s;
    return options;
  }()};
};

TEST_F(NamespaceTest, ConnectIsAnsweredWithAnId) {
  test_.server.of("/");
  TestClient client(test_.loops, test_.server);
  client.says("0");
  EXPECT_THAT(client.heard(), ElementsAre(MatchesRegex(R"(0\{"sid":"[-_A-Za-z0-9]{20}"\})")));
  EXPECT_EQ(test_.sockets(), 1);
}

TEST_F(NamespaceTest, AClientMayJoinSeveralNamespaces) {
  test_.server.of("/").on_connection([](Socket& socket) { socket.emit("hello", {"main"}); });
  test_.server.of("custom").on_connection([](Socket& socket) { socket.emit("hello", {socket.auth()}); });
  TestClient client(test_.loops, test_.server);
  client.says("0");
  EXPECT_THAT(client.heard(), ElementsAre(StartsWith("0{"), R"(2["hello","main"])"));
  client.says(R"(0/custom,{"token":"abc"})");
  EXPECT_THAT(client.heard(), ElementsAre(StartsWith("0/custom,{"), R"(2/custom,["hello",{"token":"abc"}])"));
  EXPECT_EQ(test_.sockets(), 2);
}

TEST_F(NamespaceTest, AnUnknownNamespaceIsRefused) {
  test_.server.of("/");
  TestClient client(test_.loops, test_.server);
  client.says("0/random");
  EXPECT_THAT(client.heard(), ElementsAre(R"(4/random,{"message":"Invalid namespace"})"));
  EXPECT_TRUE(client.open());
}

TEST_F(NamespaceTest, TheHandshakeHasTheRequestHeaders) {
  std::string agent;
  test_.server.of("/").on_connection([&](Socket& socket) { agent = *socket.handshake().headers.find("user-agent"); });
  TestClient client(test_.loops, test_.server);
  client.joined();
  EXPECT_EQ(agent, "test");
}

TEST_F(NamespaceTest, AMiddlewareRefusesClients) {
  bool connected = false;
  test_.server.of("/").use(turn_away);
  test_.server.of("/").on_connection([&](Socket&) { connected = true; });
  TestClient client(test_.loops, test_.server);
  client.says("0");
  EXPECT_THAT(client.hears(), ElementsAre(R"(4{"message":"not you","data":{"code":7}})"));
  EXPECT_FALSE(connected);
  EXPECT_TRUE(client.open());
  client.says("0");
  EXPECT_THAT(client.hears(), ElementsAre(StartsWith("4{"))) << "it may try again";
}

TEST_F(NamespaceTest, AnExceptionInAMiddlewareIsNotRevealed) {
  test_.server.of("/").use([](Socket&) -> net::Task<Admission> { throw std::runtime_error("secret"); });
  TestClient client(test_.loops, test_.server);
  client.says("0");
  EXPECT_THAT(client.hears(), ElementsAre(R"(4{"message":"Internal server error"})"));
}

TEST_F(NamespaceTest, MiddlewaresRunInOrderBeforeTheClientIsConnected) {
  std::vector<std::string> order;
  set_gate();
  test_.server.of("/").use([&](Socket& socket) -> net::Task<Admission> {
    order.push_back(socket.connected() ? "connected" : "connecting");
    socket.join("vip");
    socket.emit("too early");
    co_return Admission();
  });
  test_.server.of("/").on_connection(
      [&](Socket& socket) { order.push_back(socket.connected() && socket.in("vip") ? "connected" : "connecting"); });
  TestClient client(test_.loops, test_.server);
  client.says("0");
  EXPECT_THAT(client.heard(), IsEmpty());
  EXPECT_THAT(order, IsEmpty());
  EXPECT_EQ(test_.sockets(), 0);
  open_gate();
  EXPECT_THAT(client.hears(), ElementsAre(StartsWith("0{")));
  EXPECT_THAT(order, ElementsAre("connecting", "connected"));
}

TEST_F(NamespaceTest, AClientThatDisconnectsDuringAMiddlewareIsNotConnected) {
  bool connected = false;
  set_gate();
  test_.server.of("/").on_connection([&](Socket&) { connected = true; });
  TestClient client(test_.loops, test_.server);
  client.says("0");
  client.drop();
  open_gate();
  test_.loops.settle(0);
  EXPECT_FALSE(connected);
  EXPECT_EQ(test_.sockets(), 0);
}

TEST_F(NamespaceTest, CloseCancelsRunningMiddlewares) {
  set_gate();
  TestClient client(test_.loops, test_.server);
  client.says("0");
  client.drop(DisconnectReason::server_shutting_down);
  net::start(test_.loops.loops().executor(0), test_.server.close()).get();
}

/// Packets that a client must not send at that point.
class UnexpectedPacket : public NamespaceTest, public testing::WithParamInterface<const char*> {};

TEST_P(UnexpectedPacket, ClosesTheConnection) {
  test_.server.of("/");
  test_.server.of("/custom");
  TestClient client(test_.loops, test_.server);
  client.joined().says(GetParam());
  EXPECT_FALSE(client.open());
  EXPECT_EQ(client.close_reason(), DisconnectReason::forced_close);
}

INSTANTIATE_TEST_SUITE_P(Namespace, UnexpectedPacket,
                         testing::Values("0", R"(2/custom,["a"])", "3/custom,1[]", "1/custom,", R"(4{"message":"x"})",
                                         R"(2/random,["a"])"));

TEST_F(NamespaceTest, EventsBeforeTheMiddlewaresAreDoneCloseTheConnection) {
  set_gate();
  TestClient client(test_.loops, test_.server);
  client.says("0");
  client.says(R"(2["a"])");
  EXPECT_FALSE(client.open());
  open_gate();
}

TEST_F(NamespaceTest, MalformedPacketsCloseOnlyTheirConnection) {
  std::vector<std::string_view> reasons;
  test_.server.of("/").on_connection([&](Socket& socket) {
    socket.on_disconnect([&](DisconnectReason reason) { reasons.push_back(to_string(reason)); });
  });
  TestClient good(test_.loops, test_.server);
  TestClient bad(test_.loops, test_.server);
  good.joined();
  bad.joined().says("2{}");
  EXPECT_FALSE(bad.open());
  EXPECT_TRUE(good.open());
  test_.loops.settle(0);
  EXPECT_THAT(reasons, ElementsAre("parse error"));
  EXPECT_EQ(test_.sockets(), 1);
}

TEST_F(NamespaceTest, NothingButConnectIsDecodedBeforeANamespaceIsJoined) {
  test_.server.of("/");
  for (const auto* text : {R"(51-["x",{"_placeholder":true,"num":0}])", R"(61-0[])", "nonsense", R"(2["x"])", "1"}) {
    TestClient client(test_.loops, test_.server);
    client.says(text);
    EXPECT_FALSE(client.open()) << text;
    EXPECT_EQ(client.close_reason(), DisconnectReason::forced_close) << text;
  }
}

TEST_F(NamespaceTest, AConnectionIsAdmittedWithItsFirstNamespace) {
  test_.server.of("/");
  test_.server.of("/closed").use(turn_away);
  TestClient client(test_.loops, test_.server);
  client.says("0/closed,");
  client.hears();
  EXPECT_FALSE(client.connection().admitted);
  client.joined();
  EXPECT_TRUE(client.connection().admitted);
}

TEST(WithoutBinary, BinaryDataClosesTheConnection) {
  Options options;
  options.accept_binary = false;
  TestServer test(options);
  test.server.of("/");
  TestClient client(test.loops, test.server);
  client.joined().says(R"(51-["x",{"_placeholder":true,"num":0}])");
  EXPECT_FALSE(client.open());
  EXPECT_EQ(client.close_reason(), DisconnectReason::parse_error);
}

TEST_F(NamespaceTest, TooManyAttachmentsCloseTheConnection) {
  test_.server.of("/");
  TestClient client(test_.loops, test_.server);
  client.joined().says(R"(511-["a"])");
  EXPECT_FALSE(client.open());
}

TEST_F(NamespaceTest, AClientLeavesANamespace) {
  std::vector<std::string_view> reasons;
  test_.server.of("/");
  test_.server.of("/custom").on_connection([&](Socket& socket) {
    socket.on_disconnect([&](DisconnectReason reason) {
      EXPECT_FALSE(socket.connected());
      reasons.push_back(to_string(reason));
    });
  });
  TestClient client(test_.loops, test_.server);
  client.joined().says("0/custom");
  client.says("1/custom");
  EXPECT_THAT(reasons, ElementsAre("client namespace disconnect"));
  EXPECT_TRUE(client.open());
  EXPECT_EQ(test_.sockets(), 1);
  client.says("0/custom");
  EXPECT_EQ(test_.sockets(), 2) << "and comes back";
}

TEST_F(NamespaceTest, TheServerDisconnectsASocket) {
  std::shared_ptr<Socket> socket;
  std::vector<std::string_view> reasons;
  test_.server.of("/").on_connection([&](Socket& joined) {
    socket = joined.shared_from_this();
    socket->on_disconnect([&](DisconnectReason reason) { reasons.push_back(to_string(reason)); });
  });
  TestClient client(test_.loops, test_.server);
  client.joined();
  test_.loops.on(0, [&] { socket->disconnect(); });
  EXPECT_THAT(client.heard(), ElementsAre("1"));
  EXPECT_THAT(reasons, ElementsAre("server namespace disconnect"));
  client.says(R"(2["on its way"])");
  client.says("1");
  EXPECT_TRUE(client.open()) << "the client could not know yet";
  test_.loops.on(0, [&] {
    socket->emit("nothing");
    socket->disconnect();
  });
  EXPECT_THAT(client.heard(), IsEmpty());
  client.says("0");
  EXPECT_THAT(client.heard(), ElementsAre(StartsWith("0{")));
}

TEST_F(NamespaceTest, TheServerClosesTheConnection) {
  std::vector<std::string> ends;
  for (const auto* name : {"/", "/custom"}) {
    test_.server.of(name).on_connection([&ends](Socket& socket) {
      socket.on("quit", [&socket](Event&) { socket.disconnect(Socket::Close::connection); });
      socket.on_disconnect([&](DisconnectReason reason) {
        ends.push_back(socket.nsp().name() + ": " + std::string(to_string(reason)));
      });
    });
  }
  TestClient client(test_.loops, test_.server);
  client.joined().says("0/custom");
  client.heard();
  client.says(R"(2/custom,["quit"])");
  EXPECT_FALSE(client.open());
  EXPECT_THAT(client.heard(), ElementsAre("1", "1/custom,"));
  EXPECT_THAT(ends, ElementsAre("/: server namespace disconnect", "/custom: server namespace disconnect"));
}

TEST_F(NamespaceTest, DisconnectReasonsOfTheConnection) {
  std::vector<std::string_view> reasons;
  test_.server.of("/").on_connection([&](Socket& socket) {
    socket.on_disconnect([&](DisconnectReason reason) { reasons.push_back(to_string(reason)); });
  });
  for (const auto reason : {DisconnectReason::transport_close, DisconnectReason::transport_error,
                            DisconnectReason::ping_timeout, DisconnectReason::server_shutting_down}) {
    TestClient client(test_.loops, test_.server);
    client.joined().drop(reason);
  }
  EXPECT_THAT(reasons, ElementsAre("transport close", "transport error", "ping timeout", "server shutting down"));
}

TEST(ConnectTimeout, AClientThatJoinsNoNamespaceIsClosed) {
  Options options;
  options.connect_timeout = 5ms;
  TestServer test(options);
  test.server.of("/");
  const auto stays = std::make_shared<FakeConnection>(test.loops.loops().executor(0));
  test.loops.on(0, [&] {
    stays->listener = test.server.accept(stays);
    stays->listener->on_text("0");
  });
  TestClient idle(test.loops, test.server);
  while (idle.open()) std::this_thread::yield();
  EXPECT_EQ(idle.close_reason(), DisconnectReason::forced_close);
  test.loops.on(0, [&] {
    EXPECT_TRUE(stays->open);
    stays->close(DisconnectReason::transport_close);
  });
  test.loops.settle(0);
}

}  // namespace
}  // namespace guildhall::socketio
