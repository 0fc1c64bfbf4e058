// WebSockets over a pair of sockets, whose other end is looked at byte by byte.
#include "net/websocket.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace guildhall::net {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr MaskingKey masking_key{1, 2, 3, 4};

std::string masked(Opcode opcode, std::string_view payload) {
  std::string frame;
  append_masked_frame(frame, opcode, payload, masking_key);
  return frame;
}

class WebSocketTest : public testing::Test, public WebSocketListener {
 protected:
  WebSocketTest() : loop_(std::make_shared<WebSocketLoop>(context_.get_executor())) {}
  ~WebSocketTest() override { hang_up(); }

  void open(std::string early = {}, std::string head = {}) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()), 0);
    peer_ = ends[1];
    UpgradedConnection connection(ends[0]);
    connection.early = std::move(early);
    connection.head = std::move(head);
    const WebSocketRules rules{WebSocketRole::server, 1000, false};
    socket_ = std::make_shared<WebSocket>(loop_, std::move(connection), rules);
    socket_->start(*this);
  }

  /// The turns of the loop that are to be had without waiting.
  void turn() {
    context_.restart();
    context_.poll();
  }
  void peer_sends(std::string_view bytes) {
    ASSERT_EQ(::send(peer_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    turn();
  }
  /// What one read gets, or `end`, or `nothing`.
  std::string peer_reads() {
    static std::array<char, 1'000'000> space;
    const auto bytes = ::recv(peer_, space.data(), space.size(), 0);
    if (bytes < 0) return "nothing";
    return bytes == 0 ? "end" : std::string(space.data(), static_cast<std::size_t>(bytes));
  }
  void hang_up() {
    if (peer_ >= 0) ::close(std::exchange(peer_, -1));
  }

  void on_message(WebSocket& socket, Opcode kind, std::string_view message) override {
    received_.push_back((kind == Opcode::text ? "text " : "binary ") + std::string(message));
    if (message == "close") socket.close(CloseCode::normal, "as asked");
    if (message == "abort") socket.abort();
    if (message.starts_with("slow")) {
      const auto end = std::chrono::steady_clock::now() + 10ms;
      while (std::chrono::steady_clock::now() < end) continue;
      boost::asio::post(context_, [this] { received_.emplace_back("others"); });
    }
    if (message == "echo") {
      socket.send(nullptr, "\x81\1a");
      socket.send(nullptr, "\x81\1b");
    }
  }
  void on_close(WebSocket&, CloseCode code) override {
    received_.push_back("closed " + std::to_string(static_cast<int>(code)));
  }

  boost::asio::io_context context_{1};
  std::shared_ptr<WebSocketLoop> loop_;
  std::shared_ptr<WebSocket> socket_;
  int peer_ = -1;
  std::vector<std::string> received_;
};

TEST_F(WebSocketTest, WritesFramesOfOneTurnTogether) {
  open();
  socket_->send(nullptr, "\x81\1a");
  socket_->send(nullptr, "\x81\1b");
  EXPECT_EQ(socket_->unsent(), 6 + 2 * WebSocket::piece_cost);
  EXPECT_EQ(peer_reads(), "nothing");
  turn();
  EXPECT_EQ(peer_reads(), "\x81\1a\x81\1b");
  EXPECT_EQ(socket_->unsent(), 0U);
}

TEST_F(WebSocketTest, ReceivesMessages) {
  open();
  peer_sends(masked(Opcode::text, "hello") + masked(Opcode::binary, "bytes") + masked(Opcode::text, "echo"));
  EXPECT_THAT(received_, ElementsAre("text hello", "binary bytes", "text echo"));
  EXPECT_EQ(peer_reads(), "\x81\1a\x81\1b");
}

TEST_F(WebSocketTest, SendsTheHandshakeResponseFirst) {
  open({}, "HTTP/1.1 101 ...");
  socket_->send(nullptr, "\x81\1a");
  turn();
  EXPECT_EQ(peer_reads(), "HTTP/1.1 101 ...\x81\1a");
}

TEST_F(WebSocketTest, ReadsArrivedBytesWithoutWaitingForTheLoop) {
  open();
  const std::string frame = masked(Opcode::text, "early");
  ASSERT_GT(::send(peer_, frame.data(), frame.size(), MSG_NOSIGNAL), 0);
  socket_->read_arrived();
  EXPECT_THAT(received_, ElementsAre("text early"));
  peer_sends(masked(Opcode::text, "later"));
  EXPECT_THAT(received_, ElementsAre("text early", "text later"));
  hang_up();
  socket_->read_arrived();
  turn();
  EXPECT_THAT(received_, ElementsAre("text early", "text later", "closed 1006"));
}

TEST_F(WebSocketTest, ReceivesBytesAfterTheRequestFirst) {
  const std::string frame = masked(Opcode::text, "early");
  open(frame.substr(0, 4));
  EXPECT_THAT(received_, IsEmpty());
  peer_sends(frame.substr(4));
  EXPECT_THAT(received_, ElementsAre("text early"));
}

TEST_F(WebSocketTest, AnswersPings) {
  open();
  peer_sends(masked(Opcode::ping, "there?"));
  EXPECT_EQ(peer_reads(), "\x8A\6there?");
}

TEST_F(WebSocketTest, IsClosedByThePeer) {
  open();
  peer_sends(masked(Opcode::close, "\x03\xE9"));
  EXPECT_THAT(received_, ElementsAre("closed 1001"));
  EXPECT_EQ(peer_reads(), "\x88\2\x03\xE9");
  EXPECT_EQ(peer_reads(), "end");
}

TEST_F(WebSocketTest, ClosesAfterSendingItsQueue) {
  open();
  socket_->send(nullptr, "\x81\1a");
  socket_->close(CloseCode::going_away, "bye");
  socket_->send(nullptr, "\x81\1b");
  EXPECT_EQ(peer_reads(),
            "\x81\1a\x88\5\x03\xE9"
            "bye");
  peer_sends(masked(Opcode::text, "too late") + masked(Opcode::close, "\x03\xE9"));
  EXPECT_EQ(peer_reads(), "end");
  EXPECT_THAT(received_, IsEmpty());
}

TEST_F(WebSocketTest, MayBeClosedByAMessageHandler) {
  open();
  peer_sends(masked(Opcode::text, "close") + masked(Opcode::text, "more"));
  EXPECT_THAT(received_, ElementsAre("text close"));
  EXPECT_EQ(peer_reads(),
            "\x88\x0A\x03\xE8"
            "as asked");
}

TEST_F(WebSocketTest, MayBeAbortedByAMessageHandler) {
  open();
  peer_sends(masked(Opcode::text, "abort") + masked(Opcode::text, "more"));
  EXPECT_THAT(received_, ElementsAre("text abort"));
  EXPECT_EQ(peer_reads(), "end");
}

TEST_F(WebSocketTest, ReportsAProtocolViolationToThePeer) {
  open();
  peer_sends("\x81\1a");
  EXPECT_THAT(received_, ElementsAre("closed 1002"));
  EXPECT_EQ(peer_reads(), "\x88\2\x03\xEA");
  EXPECT_EQ(peer_reads(), "end");
  peer_sends(masked(Opcode::text, "still talking"));
  EXPECT_EQ(received_.size(), 1U);
}

TEST_F(WebSocketTest, ReportsAnAbnormalEnd) {
  open();
  hang_up();
  turn();
  EXPECT_THAT(received_, ElementsAre("closed 1006"));
  EXPECT_EQ(socket_.use_count(), 1);
}

TEST_F(WebSocketTest, WaitsForAPeerThatDoesNotRead) {
  open();
  const auto frames = std::make_shared<std::string>(100'000, 'x');
  std::size_t sent = 0;
  for (; socket_->writable(); sent += frames->size()) {
    socket_->send(frames, *frames);
    turn();
  }
  socket_->send(frames, *frames);
  sent += frames->size();
  EXPECT_GT(socket_->unsent(), frames->size());
  std::size_t received = 0;
  for (std::string bytes; (bytes = peer_reads()) != "nothing"; turn()) received += bytes.size();
  EXPECT_EQ(received, sent);
  EXPECT_EQ(socket_->unsent(), 0U);
  EXPECT_TRUE(socket_->writable());
  EXPECT_EQ(frames.use_count(), 1);
}

TEST_F(WebSocketTest, DoesNotQueuePongsForAPeerThatDoesNotRead) {
  open();
  const auto frames = std::make_shared<std::string>(100'000, 'x');
  while (socket_->writable()) {
    socket_->send(frames, *frames);
    turn();
  }
  const auto before = socket_->unsent();
  for (int i = 0; i < 100; ++i) peer_sends(masked(Opcode::ping, "there?"));
  EXPECT_EQ(socket_->unsent(), before);
}

TEST_F(WebSocketTest, YieldsToOthersIfMessagesTakeLong) {
  open();
  const std::string slow = "slow" + std::string(900, 'x');
  std::string frames;
  while (frames.size() < 80'000) frames += masked(Opcode::text, std::string(900, 'x'));
  peer_sends(masked(Opcode::text, slow) + frames + masked(Opcode::text, "last"));
  const auto others = std::find(received_.begin(), received_.end(), "others");
  EXPECT_NE(others, received_.end());
  EXPECT_LT(others, std::find(received_.begin(), received_.end(), "text last"));
}

TEST_F(WebSocketTest, LoopReportsThatAllHaveEnded) {
  open();
  bool drained = false;
  const auto wait = [](std::shared_ptr<WebSocketLoop> loop, bool* done) -> Task<> {
    co_await loop->drained(1h);
    *done = true;
  };
  boost::asio::co_spawn(context_, wait(loop_, &drained), boost::asio::detached);
  turn();
  EXPECT_FALSE(drained);
  socket_->abort();
  turn();
  EXPECT_TRUE(drained);
}

}  // namespace
}  // namespace guildhall::net
