#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/websocket_frame.hpp"
#include "socketio/engine/encoded_messages.hpp"
#include "socketio/engine/options.hpp"
#include "socketio/engine/packet.hpp"
#include "socketio/engine/socket.hpp"

namespace guildhall::socketio::engine {

/// The I/O that a session asks for. Called from within the session's members.
class SessionIo {
 public:
  virtual ~SessionIo() = default;

  /// Answers the held poll.
  virtual void answer_poll(std::string payload) = 0;
  /// Asks for a call of `Session::flush` at the end of this turn of the event loop.
  virtual void flush_soon() = 0;

  /// To the session's WebSocket.
  virtual void send(std::shared_ptr<const EncodedMessages> messages) = 0;
  virtual void send_ping() = 0;
  /// Writes now what is queued for the end of the turn.
  virtual void write_now() = 0;
  [[nodiscard]] virtual bool writable() const = 0;
  [[nodiscard]] virtual std::size_t unsent_bytes() const = 0;
  /// Closes with a closing handshake; `abort_websocket` closes the connection at once.
  virtual void close_websocket(net::CloseCode code) = 0;
  virtual void abort_websocket() = 0;

  /// To the probe: the WebSocket that a polling client opened to change its transport.
  virtual void answer_probe() = 0;
  virtual void close_probe() = 0;
  /// Makes the probe the session's WebSocket.
  virtual void adopt_probe() = 0;

  virtual void on_text(std::string_view message) = 0;
  virtual void on_binary(std::string_view message) = 0;
  /// Called once; no message follows.
  virtual void on_close(DisconnectReason reason) = 0;
  /// Called once, with or after `on_close`: the session accepts no more requests.
  virtual void on_finished() = 0;
};

/// The protocol of an Engine.IO v4 session without I/O: it is told what arrives and what time it is, and calls its
/// SessionIo. That may call the session's members again.
class Session {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// How long a session that the server closed waits for a poll to answer with `close`.
  static constexpr std::chrono::seconds max_close_wait{10};
  /// How long a session that the client closed waits for the client's last poll.
  static constexpr std::chrono::seconds max_late_poll_wait{1};
  /// How long a poll is held during an upgrade: the client completes it only after its poll is answered.
  static constexpr std::chrono::milliseconds max_probed_poll{100};
  /// How many packets a poll is answered with at most: python-engineio refuses more.
  static constexpr std::size_t max_poll_packets = 16;

  /// `options` and `io` outlive the session.
  Session(const Options& options, Transport transport, Time now, SessionIo& io);

  /// A GET that waits for packets. False for a bad request: it ended the session, or the session does not use polling.
  /// Otherwise it is held until `answer_poll` is called, perhaps before this returns.
  [[nodiscard]] bool on_poll(Time now);
  /// A POST with a payload; false for a bad request.
  [[nodiscard]] bool on_post(std::string_view payload, Time now);

  /// A message on the session's WebSocket, and that WebSocket's end.
  void on_websocket_text(std::string_view text, Time now);
  void on_websocket_binary(std::string_view bytes, Time now);
  void on_websocket_closed(DisconnectReason reason);

  /// A new WebSocket for this session; false if the session cannot be upgraded.
  [[nodiscard]] bool on_probe_opened(Time now);
  void on_probe_text(std::string_view text, Time now);
  void on_probe_binary();
  void on_probe_closed();

  /// Options::unadmitted no longer holds.
  void admit() { admitted_ = true; }
  [[nodiscard]] bool admitted() const { return admitted_; }
  /// Ends the session and its connection at once.
  void abort();

  /// See Socket.
  void send(std::shared_ptr<const EncodedMessages> messages, Delivery delivery);
  [[nodiscard]] std::size_t unsent() const;
  void close(DisconnectReason reason, Time now);

  /// Answers the held poll with what is queued.
  void flush();

  /// When `on_time` must be called next.
  [[nodiscard]] Time deadline() const;
  void on_time(Time now);

  [[nodiscard]] Transport transport() const { return transport_; }
  [[nodiscard]] bool open() const { return state_ == State::open; }
  [[nodiscard]] bool finished() const { return state_ == State::finished; }

 private:
  enum class State : std::uint8_t {
    open,
    closing,  ///< Closed, but waiting for a poll to answer.
    finished,
  };
  enum class Probe : std::uint8_t { none, opened, answered };
  struct Queued {
    std::shared_ptr<const EncodedMessages> messages;
    PacketType packet = PacketType::noop;  ///< Where `messages` is null: a packet without data.
  };

  [[nodiscard]] bool read_payload(std::string_view payload, Time now);
  [[nodiscard]] bool on_packet(Packet packet, Time now);
  void on_close_packet(Time now);
  void close_with_next_poll(DisconnectReason reason, PacketType final_packet, Time until);
  void ping();
  [[nodiscard]] bool can_send_now() const;
  [[nodiscard]] std::size_t max_unsent() const;
  [[nodiscard]] std::string take_payload();
  [[nodiscard]] bool has_room_for(std::size_t bytes);
  void complete_upgrade();
  void abandon_probe();
  void check_heartbeat(Time now);
  void answer_poll(PacketType packet);
  void finish(DisconnectReason reason, PacketType final_packet);

  static constexpr Time never = Time::max();

  const Options& options_;
  SessionIo& io_;
  std::vector<Queued> queue_;  ///< For the next poll.
  std::size_t queued_bytes_ = 0;
  Time heartbeat_at_;  ///< When a ping is due, or the pong is late.
  Time last_received_;
  Time upgrade_until_ = never;
  Time poll_until_ = never;
  Time closing_until_ = never;
  State state_ = State::open;
  Transport transport_;
  Probe probe_ = Probe::none;
  bool poll_held_ = false;
  bool flush_requested_ = false;
  bool awaits_pong_ = false;
  bool admitted_;
};

}  // namespace guildhall::socketio::engine
