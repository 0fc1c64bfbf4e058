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
#include "socketio/engine/options.hpp"
#include "socketio/engine/outgoing.hpp"
#include "socketio/engine/packet.hpp"
#include "socketio/engine/socket.hpp"

namespace guildhall::socketio::engine {

/// What a session wants done with the outside. Called from within the session's members.
class SessionActions {
 public:
  virtual ~SessionActions() = default;

  /// Answers the poll that is held.
  virtual void answer_poll(std::string payload) = 0;
  /// `Session::flush` is to be called at the end of this turn of the event loop.
  virtual void flush_soon() = 0;

  /// To the session's WebSocket.
  virtual void send(std::shared_ptr<const Outgoing> messages) = 0;
  virtual void send(PacketType packet) = 0;
  /// Writes at once what waits for the end of the turn.
  virtual void write_now() = 0;
  [[nodiscard]] virtual bool writable() const = 0;
  [[nodiscard]] virtual std::size_t unsent_bytes() const = 0;
  /// Lets the peer close with its handshake, or, where it does not read, ends the connection at once.
  virtual void close_websocket(net::CloseCode code) = 0;
  virtual void abort_websocket() = 0;

  /// To the WebSocket that may take the place of polling.
  virtual void answer_probe() = 0;
  virtual void close_probe() = 0;
  /// From now on it is the session's WebSocket.
  virtual void adopt_probe() = 0;

  virtual void on_text(std::string_view message) = 0;
  virtual void on_binary(std::string_view message) = 0;
  /// Once: nothing is delivered after it.
  virtual void on_close(CloseReason reason) = 0;
  /// Once, not before `on_close`: no request is for this session any more.
  virtual void on_finished() = 0;
};

/// An Engine.IO v4 session without its I/O: it is told what comes in and what time it is, and says what is to be done.
/// Whatever it tells may come back at once: actions may call the session's members.
class Session {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// How long a session that was closed waits for a poll, to say so.
  static constexpr std::chrono::seconds closing_limit{10};
  /// And how long one that the client closed.
  static constexpr std::chrono::seconds late_poll_limit{1};
  /// How long a poll is held while the client changes to WebSocket: it has to come back for it to do so.
  static constexpr std::chrono::milliseconds probed_poll_limit{100};

  /// `options` and `actions` outlive the session.
  Session(const Options& options, Transport transport, Time now, SessionActions& actions);

  /// A GET of the client that waits for packets. False where that ends the session or is not for polling: the request
  /// is then a bad one, and is not held. Else it is, unless `answer_poll` was called before this returns.
  [[nodiscard]] bool poll(Time now);
  /// A POST with a payload; false where it is a bad request.
  [[nodiscard]] bool post(std::string_view payload, Time now);

  /// A message on the session's WebSocket, and that WebSocket's end.
  void websocket_text(std::string_view text, Time now);
  void websocket_binary(std::string_view bytes, Time now);
  void websocket_lost(CloseReason reason);

  /// A WebSocket that names this session; false where it may not take the place of polling.
  [[nodiscard]] bool probe_opened(Time now);
  void probe_text(std::string_view text, Time now);
  void probe_binary();
  void probe_lost();

  /// As `Socket` has them.
  void send(std::shared_ptr<const Outgoing> messages, Delivery delivery);
  [[nodiscard]] std::size_t unsent() const;
  void close(CloseReason reason, Time now);

  /// Sends what is queued, if a poll waits for it.
  void flush();

  /// When `time_passed` is to be called next.
  [[nodiscard]] Time deadline() const;
  void time_passed(Time now);

  [[nodiscard]] Transport transport() const { return transport_; }
  [[nodiscard]] bool open() const { return state_ == State::open; }
  [[nodiscard]] bool finished() const { return state_ == State::finished; }

 private:
  enum class State : std::uint8_t {
    open,
    closing,  ///< Closed, but a poll is still to come and to be answered.
    finished,
  };
  enum class Probe : std::uint8_t { none, opened, probed };
  /// A packet without data where there are no messages.
  struct Queued {
    std::shared_ptr<const Outgoing> messages;
    PacketType packet = PacketType::noop;
  };

  [[nodiscard]] bool take_payload(std::string_view payload, Time now);
  [[nodiscard]] bool take_packet(Packet packet, Time now);
  void take_close(Time now);
  void close_with_next_poll(CloseReason reason, PacketType last_word, Time until);
  void send_packet(PacketType packet);
  [[nodiscard]] bool takes_at_once() const;
  [[nodiscard]] bool has_room_for(std::size_t bytes);
  void complete_upgrade();
  void give_up_probe();
  void beat(Time now);
  void answer_queued();
  void answer_with(PacketType packet);
  void end(CloseReason reason, PacketType last_word);

  static constexpr Time never = Time::max();

  const Options& options_;
  SessionActions& actions_;
  std::vector<Queued> queue_;  ///< For the next poll.
  std::size_t queued_bytes_ = 0;
  Time heartbeat_at_;  ///< When to ping, or when the pong is late.
  Time last_heard_;
  Time upgrade_until_ = never;
  Time poll_until_ = never;
  Time closing_until_ = never;
  State state_ = State::open;
  Transport transport_;
  Probe probe_ = Probe::none;
  bool poll_held_ = false;
  bool flush_asked_ = false;
  bool awaits_pong_ = false;
};

}  // namespace guildhall::socketio::engine
