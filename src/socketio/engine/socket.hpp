#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "net/http.hpp"
#include "net/task.hpp"

namespace guildhall::socketio::engine {

class Outgoing;

enum class Transport : std::uint8_t { polling, websocket };

/// What a packet is worth to a client that does not keep up.
enum class Delivery : std::uint8_t {
  reliable,   ///< Sent, or the client is closed.
  droppable,  ///< Socket.IO's `volatile`: dropped where the client cannot take it at once.
};

/// Why a socket ended, as the official server calls it in `disconnect`.
enum class CloseReason : std::uint8_t {
  transport_close,  ///< The connection went away.
  transport_error,
  ping_timeout,
  parse_error,   ///< The client sent what is no packet.
  forced_close,  ///< `Socket::close` was called.
  server_shutting_down,
};

[[nodiscard]] std::string_view to_string(CloseReason reason);  ///< `transport close`, `ping timeout`, ...

/// The request that opened a socket.
struct Handshake {
  net::Headers headers;
  std::string query;  ///< As sent, without `?`.
  boost::asio::ip::address client;
  std::chrono::system_clock::time_point time;
};

/// An Engine.IO v4 session (socketio/engine.io-protocol), whatever its transport is at the moment. Lives on one event
/// loop, `executor`; every member is called there.
class Socket {
 public:
  virtual ~Socket() = default;

  [[nodiscard]] virtual const std::string& id() const = 0;
  [[nodiscard]] virtual const Handshake& handshake() const = 0;
  [[nodiscard]] virtual Transport transport() const = 0;
  [[nodiscard]] virtual const net::Executor& executor() const = 0;

  /// Queues the messages; what is queued in one turn of the event loop leaves in few writes. Does nothing once closed.
  virtual void send(std::shared_ptr<const Outgoing> messages, Delivery delivery) = 0;

  /// Bytes that are queued and not yet taken by the client's connection or poll, and for each message what keeping it
  /// costs.
  [[nodiscard]] virtual std::size_t unsent() const = 0;

  /// Sends what is queued, says `close`, and ends the session; its listener hears of it with `reason` before this
  /// returns. Does nothing once closed.
  virtual void close(CloseReason reason) = 0;
};

/// Who uses a socket. Called on its event loop; may call the socket's members.
class SocketListener {
 public:
  virtual ~SocketListener() = default;

  virtual void on_text(std::string_view message) = 0;
  virtual void on_binary(std::string_view message) = 0;
  /// Once, and nothing after it.
  virtual void on_close(CloseReason reason) = 0;
};

}  // namespace guildhall::socketio::engine
