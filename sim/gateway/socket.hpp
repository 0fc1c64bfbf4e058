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

/// The WebSocket of a gateway connection: compresses payloads, frames them, and sends them when due.
class GatewaySocket final : private net::WebSocketListener, private GatewayWire {
 public:
  GatewaySocket(GatewayHub& hub, std::shared_ptr<net::WebSocket> websocket, GatewayAddress address,
                std::unique_ptr<PayloadCompressor> compressor);
  ~GatewaySocket() override;

  /// Sends HELLO and starts to read.
  void open();
  /// Sends frames that are due, and calls the connection's `tick`.
  void tick();
  /// Whether frames wait to be sent later.
  [[nodiscard]] bool waits() const { return !held_.empty(); }
  /// The connection has ended: the socket may be destroyed, but not from its own callbacks.
  [[nodiscard]] bool finished() const { return !connection_.is_open(); }
  /// Closes with 1001 (going away).
  void close_going_away();

 private:
  struct Held {
    base::Timestamp due;
    std::string frames;
  };

  void on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) override;
  void on_close(net::WebSocket& socket, net::CloseCode code) override;

  void send(std::string_view payload, const TrafficShape& shape) override;
  void enable_payload_compression() override;
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
