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

/// What a client asked for in the address of the gateway, and where it did.
struct GatewayAddress {
  unsigned version = 10;
  std::string compression = "none";  ///< `none`, `zlib-stream` or `zstd-stream`.
  std::string resume_url{};          ///< For READY.
};

/// A connection to the gateway: takes a client's payloads and answers as Discord does. Does no I/O. The hub knows it
/// while it lasts.
class GatewayConnection {
 public:
  /// Both outlive the connection.
  GatewayConnection(GatewayHub& hub, GatewayWire& wire, GatewayAddress address);
  ~GatewayConnection();
  GatewayConnection(const GatewayConnection&) = delete;
  GatewayConnection& operator=(const GatewayConnection&) = delete;

  /// Says hello.
  void open();
  /// A text message came; or a binary one, which is none that JSON comes in.
  void take_text(std::string_view message);
  void take_binary() { close(GatewayClose::decode_error); }
  /// The client ended the connection: with 1000 or 1001 its session is over, too.
  void client_closed(std::uint16_t code);

  /// A dispatch of its session, or any other payload.
  void send(std::string_view payload);
  /// Looks whether heartbeats come, and sends guilds that are still to come.
  void tick();

  // What the control API does to a connection.
  void close(GatewayClose code) { close(static_cast<std::uint16_t>(code), reason_of(code)); }
  void close(std::uint16_t code, std::string_view reason);
  void drop();
  void reconnect();
  void invalidate(bool resumable);
  void request_heartbeat();

  [[nodiscard]] GatewaySession* session() const { return session_; }
  [[nodiscard]] std::optional<unsigned> shard() const;
  [[nodiscard]] const GatewayAddress& address() const { return address_; }
  [[nodiscard]] bool open_still() const { return !ended_; }
  [[nodiscard]] std::size_t unsent() const { return wire_.unsent(); }
  /// The session is gone: forgotten by the gateway or taken over by another connection.
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
  [[nodiscard]] bool takes_too_much();
  void end();

  GatewayHub& hub_;
  GatewayWire& wire_;
  GatewayAddress address_;
  GatewaySession* session_ = nullptr;
  base::Timestamp heard_at_{};     ///< The last heartbeat, or the beginning.
  base::Timestamp window_ends_{};  ///< Of the limit on what a client sends.
  unsigned sent_in_window_ = 0;
  bool silent_ = false;
  bool ended_ = false;
};

}  // namespace guildhall::sim
