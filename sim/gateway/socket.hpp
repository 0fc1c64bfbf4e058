#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "net/upgrade.hpp"
#include "net/websocket.hpp"
#include "sim/gateway/compressor.hpp"
#include "sim/gateway/connection.hpp"
#include "sim/gateway/wire.hpp"

namespace guildhall::sim {

/// The WebSocket of a gateway connection: compresses payloads, frames them and sends them when they are due.
class GatewaySocket final : private net::WebSocketListener, private GatewayWire {
 public:
  GatewaySocket(GatewayHub& hub, std::shared_ptr<net::WebSocket> websocket, GatewayAddress address,
                std::unique_ptr<PayloadCompressor> compressor);
  ~GatewaySocket() override;

  /// Says hello and begins to read.
  void open();
  /// Sends what is due, and does what the connection has to do.
  void tick();
  /// Whether something waits to be sent later.
  [[nodiscard]] bool waits() const { return !held_.empty(); }
  /// Nothing happens here any more: it may be destroyed, though not by what it called.
  [[nodiscard]] bool finished() const { return !connection_.open_still(); }
  /// Closes with 1001.
  void go_away();

 private:
  struct Held {
    base::Timestamp due;
    std::string frames;
  };

  void on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) override;
  void on_close(net::WebSocket& socket, net::CloseCode code) override;

  void send(std::string_view payload, const Hindrance& hindrance) override;
  void compress_payloads() override;
  void close(std::uint16_t code, std::string_view reason) override;
  void reset() override;
  [[nodiscard]] std::size_t unsent() const override { return websocket_->unsent() + held_bytes_; }

  void hold(std::string frames, base::Timestamp due);
  void send_frames(std::string frames);

  GatewayHub& hub_;
  std::shared_ptr<net::WebSocket> websocket_;
  std::unique_ptr<PayloadCompressor> compressor_;
  std::deque<Held> held_;
  std::size_t held_bytes_ = 0;
  GatewayConnection connection_;
};

}  // namespace guildhall::sim
