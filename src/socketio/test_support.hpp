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
#include "socketio/engine/outgoing.hpp"
#include "socketio/hub.hpp"
#include "socketio/socket.hpp"
#include "testing/running_loops.hpp"

namespace guildhall::socketio {

/// An Engine.IO socket without a network: it keeps what is sent.
class FakeConnection : public engine::Socket {
 public:
  FakeConnection(net::Executor executor) : executor_(std::move(executor)) {}

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] const engine::Handshake& handshake() const override { return handshake_; }
  [[nodiscard]] engine::Transport transport() const override { return engine::Transport::polling; }
  [[nodiscard]] const net::Executor& executor() const override { return executor_; }
  [[nodiscard]] std::size_t unsent() const override { return 0; }

  void send(std::shared_ptr<const engine::Outgoing> messages, engine::Delivery delivery) override {
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
    if (close_on_send) close(engine::CloseReason::transport_close);
  }

  void close(engine::CloseReason reason) override {
    if (!std::exchange(open, false)) return;
    close_reason = reason;
    listener->on_close(reason);
  }

  std::unique_ptr<engine::SocketListener> listener;
  bool open = true;
  bool close_on_send = false;
  engine::CloseReason close_reason{};
  std::vector<std::string> sent;
  std::vector<engine::Delivery> deliveries;
  std::vector<std::shared_ptr<const engine::Outgoing>> encodings;

 private:
  std::string id_ = "connection";
  engine::Handshake handshake_{{{"User-Agent", "test"}}, "EIO=4", {}, std::chrono::system_clock::now()};
  net::Executor executor_;
};

/// A client whose connection is a FakeConnection on one of the loops. Members may be called from the test's thread.
class TestClient {
 public:
  TestClient(test::RunningLoops& loops, Hub& hub, std::size_t loop = 0)
      : loops_(loops), loop_(loop), connection_(std::make_shared<FakeConnection>(loops.loops().executor(loop))) {
    loops_.on(loop_, [&] { connection_->listener = hub.accept(connection_); });
  }
  ~TestClient() { drop(); }
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;

  /// A message from the client.
  void says(std::string_view text) {
    loops_.on(loop_, [&] {
      if (connection_->open) connection_->listener->on_text(text);
    });
    loops_.settle(loop_);
  }
  void says_binary(std::string_view bytes) {
    loops_.on(loop_, [&] { connection_->listener->on_binary(bytes); });
  }
  /// The connection breaks.
  void drop(engine::CloseReason reason = engine::CloseReason::transport_close) {
    loops_.on(loop_, [&] { connection_->close(reason); });
    loops_.settle(loop_);
  }

  /// What the client has got since this was last called.
  std::vector<std::string> heard() {
    loops_.settle(loop_);
    return loops_.on(loop_, [&] { return std::exchange(connection_->sent, {}); });
  }
  /// Once something has come.
  std::vector<std::string> hears() {
    auto messages = heard();
    while (messages.empty()) messages = heard();
    return messages;
  }
  [[nodiscard]] bool open() {
    return loops_.on(loop_, [&] { return connection_->open; });
  }
  [[nodiscard]] engine::CloseReason close_reason() const { return connection_->close_reason; }
  [[nodiscard]] FakeConnection& connection() { return *connection_; }
  [[nodiscard]] std::size_t loop() const { return loop_; }

  /// Joins the main namespace and leaves out what came of it.
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

/// A hub on running loops, and what it needs.
struct TestHub {
  explicit TestHub(Options options = {}, std::size_t loop_count = 1)
      : loops(loop_count), hub(std::make_shared<Hub>(loops.loops(), std::move(options), base::Log(logger, "test"))) {}

  base::SystemClock clock;
  base::Logger logger{clock, base::LogLevel::error};
  test::RunningLoops loops;
  std::shared_ptr<Hub> hub;
};

}  // namespace guildhall::socketio
