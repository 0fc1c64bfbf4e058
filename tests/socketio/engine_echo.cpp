#include "tests/socketio/engine_echo.hpp"

#include <string>
#include <utility>

#include "socketio/engine/encoded_messages.hpp"

namespace guildhall::echo {
namespace {

namespace engine = socketio::engine;

class Echo final : public engine::SocketListener {
 public:
  explicit Echo(std::shared_ptr<engine::Socket> socket) : socket_(std::move(socket)) {}

  void on_text(std::string_view message) override {
    if (message == "close") return socket_->close(socketio::DisconnectReason::forced_close);
    if (message == "flood") return flood();
    socket_->send(std::make_shared<engine::EncodedMessages>(message), engine::Delivery::reliable);
  }
  void on_binary(std::string_view message) override {
    socket_->send(std::make_shared<engine::EncodedMessages>(engine::BinaryMessage{message}),
                  engine::Delivery::reliable);
  }
  void on_close(socketio::DisconnectReason) override { socket_.reset(); }

 private:
  void flood() {
    const auto message = std::make_shared<engine::EncodedMessages>(std::string(100'000, 'x'));
    for (int i = 0; i < 100 && socket_; ++i) socket_->send(message, engine::Delivery::reliable);
  }

  std::shared_ptr<engine::Socket> socket_;
};

}  // namespace

std::shared_ptr<engine::SocketListener> listen(std::shared_ptr<engine::Socket> socket) {
  return std::make_shared<Echo>(std::move(socket));
}

}  // namespace guildhall::echo
