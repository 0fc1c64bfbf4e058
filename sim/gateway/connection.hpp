#pragma once

#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "sim/gateway/payload.hpp"
#include "sim/gateway/wire.hpp"

namespace guildhall::sim {

class GatewayHub;
class GatewaySession;

/// The parameters of a client's gateway URL.
struct GatewayAddress {
  unsigned version = 10;
  std::string compression = "none";  ///< `none`, `zlib-stream` or `zstd-stream`.
  std::string resume_url{};          ///< For READY.
};

/// A gateway connection: handles a client's payloads as Discord does. Does no I/O. It is registered with the hub
/// during its lifetime.
class GatewayConnection {
 public:
  /// Both outlive the connection.
  GatewayConnection(GatewayHub& hub, GatewayWire& wire, GatewayAddress address);
  ~GatewayConnection();
  GatewayConnection(const GatewayConnection&) = delete;
  GatewayConnection& operator=(const GatewayConnection&) = delete;

  /// Sends HELLO.
  void open();
  /// A text message arrived. Binary messages are a decode error, since the encoding is JSON.
  void take_text(std::string_view message);
  void take_binary() { close(GatewayClose::decode_error); }
  /// The client closed the connection; with 1000 or 1001 this ends its session.
  void client_closed(std::uint16_t code);

  /// A dispatch of its session, or any other payload.
  void send(std::string_view payload);
  /// Checks the heartbeat and sends pending guilds.
  void tick();

  // For the control API.
  void close(GatewayClose code) { close(static_cast<std::uint16_t>(code), reason_of(code)); }
  void close(std::uint16_t code, std::string_view reason);
  void drop();
  void reconnect();
  void invalidate(bool resumable);
  void request_heartbeat();

  [[nodiscard]] GatewaySession* session() const { return session_; }
  [[nodiscard]] std::optional<unsigned> shard() const;
  [[nodiscard]] const GatewayAddress& address() const { return address_; }
  [[nodiscard]] bool is_open() const { return !ended_; }
  [[nodiscard]] std::size_t unsent() const { return wire_.unsent(); }
  /// The session has ended or another connection has resumed it.
  void forget_session() { session_ = nullptr; }

 private:
  void handle(const ClientPayload& payload);
  void handle_authenticated(const ClientPayload& payload);
  void acknowledge_heartbeat();
  void identify(const boost::json::value& data);
  [[nodiscard]] std::optional<GatewayClose> refusal_of(const Identify& identify) const;
  void start_session(const Identify& identify);
  void resume(const boost::json::value& data);
  void request_members(const boost::json::value& data);
  void send_guilds();
  [[nodiscard]] bool exceeds_send_limit();
  void end();

  GatewayHub& hub_;
  GatewayWire& wire_;
  GatewayAddress address_;
  GatewaySession* session_ = nullptr;
  base::Timestamp last_heartbeat_{};  ///< Or when the connection was opened.
  base::Timestamp window_ends_{};     ///< End of the window of the send limit.
  unsigned sent_in_window_ = 0;
  bool silent_ = false;
  bool ended_ = false;
};

}  // namespace guildhall::sim
