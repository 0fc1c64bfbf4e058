#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/encoding.hpp"
#include "base/log.hpp"
#include "socketio/engine/encoded_messages.hpp"
#include "socketio/server.hpp"
#include "testing/running_loops.hpp"

namespace guildhall::socketio {

/// An Engine.IO socket without a network that records what is sent.
class FakeConnection : public engine::Socket {
 public:
  FakeConnection(net::Executor executor) : executor_(std::move(executor)) {}

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] const engine::Handshake& handshake() const override { return handshake_; }
  [[nodiscard]] const engine::RequestOrigin& carrier() const override { return carrier_; }
  void admit() override { admitted = true; }
  [[nodiscard]] engine::Transport transport() const override { return engine::Transport::polling; }
  [[nodiscard]] const net::Executor& executor() const override { return executor_; }
  [[nodiscard]] std::size_t unsent() const override { return 0; }

  void send(std::shared_ptr<const engine::EncodedMessages> messages, engine::Delivery delivery) override {
    if (!open) return;
    for (auto payload = messages->payload(); !payload.empty();) {
      const auto size = std::min(payload.find('\x1e'), payload.size());
      auto message = payload.substr(0, size);
      const bool binary = message.starts_with('b');
      message.remove_prefix(1);
      sent.push_back(binary ? "b:" + base::decode_base64(message).value() : std::string(message));
      payload.remove_prefix(std::min(size + 1, payload.size()));
    }
    deliveries.push_back(delivery);
    encodings.push_back(std::move(messages));
    if (close_on_send) close(DisconnectReason::transport_close);
  }

  void close(DisconnectReason reason) override {
    if (!std::exchange(open, false)) return;
    close_reason = reason;
    std::exchange(listener, nullptr)->on_close(reason);
  }

  std::shared_ptr<engine::SocketListener> listener;
  bool open = true;
  bool admitted = false;
  bool close_on_send = false;
  DisconnectReason close_reason{};
  std::vector<std::string> sent;
  std::vector<engine::Delivery> deliveries;
  std::vector<std::shared_ptr<const engine::EncodedMessages>> encodings;

 private:
  std::string id_ = "connection";
  engine::RequestOrigin carrier_{};
  engine::Handshake handshake_{{{"User-Agent", "test"}}, "EIO=4", {}, std::chrono::system_clock::now()};
  net::Executor executor_;
};

/// A client whose connection is a FakeConnection on one of the loops. Members may be called from the test's thread.
class TestClient {
 public:
  TestClient(test::RunningLoops& loops, Server& server, std::size_t loop = 0)
      : loops_(loops), loop_(loop), connection_(std::make_shared<FakeConnection>(loops.loops().executor(loop))) {
    loops_.on(loop_, [&] { connection_->listener = server.accept(connection_); });
  }
  ~TestClient() { drop(); }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  /// Sends a message from the client.
  void says(std::string_view text) {
    loops_.on(loop_, [&] {
      if (connection_->open) connection_->listener->on_text(text);
    });
    loops_.settle(loop_);
  }
  void says_binary(std::string_view bytes) {
    loops_.on(loop_, [&] { connection_->listener->on_binary(bytes); });
  }
  /// Breaks the connection.
  void drop(DisconnectReason reason = DisconnectReason::transport_close) {
    loops_.on(loop_, [&] { connection_->close(reason); });
    loops_.settle(loop_);
  }

  /// What the client has received since the last call.
  std::vector<std::string> heard() {
    loops_.settle(loop_);
    return loops_.on(loop_, [&] { return std::exchange(connection_->sent, {}); });
  }
  /// The same, after waiting for a message.
  std::vector<std::string> hears() {
    auto messages = heard();
    while (messages.empty()) messages = heard();
    return messages;
  }
  [[nodiscard]] bool open() {
    return loops_.on(loop_, [&] { return connection_->open; });
  }
  [[nodiscard]] DisconnectReason close_reason() const { return connection_->close_reason; }
  [[nodiscard]] FakeConnection& connection() { return *connection_; }
  [[nodiscard]] std::size_t loop() const { return loop_; }

  /// Joins the main namespace and discards the answer.
  TestClient& joined() {
    says("0");
    hears();
    return *this;
  }

 private:
  test::RunningLoops& loops_;
  std::size_t loop_;
  std::shared_ptr<FakeConnection> connection_;
};

/// A server on running event loops.
struct TestServer {
  explicit TestServer(const Options& options = {}, std::size_t loop_count = 1)
      : loops(loop_count), server(loops.loops(), options, base::Log(logger, "test")) {}

  [[nodiscard]] std::size_t sockets() const { return server.stats().sockets; }

  base::SystemClock clock;
  base::Logger logger{clock, base::LogLevel::error};
  test::RunningLoops loops;
  Server server;
};

}  // namespace guildhall::socketio
