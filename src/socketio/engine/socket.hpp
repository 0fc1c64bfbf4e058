#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.hpp"
#include "net/task.hpp"
#include "socketio/disconnect_reason.hpp"

namespace guildhall::socketio::engine {

class EncodedMessages;

enum class Transport : std::uint8_t { polling, websocket };

/// What happens to messages for a client that reads too slowly.
enum class Delivery : std::uint8_t {
  reliable,   ///< They are queued; the client is closed when the queue exceeds Options::max_unsent.
  volatile_,  ///< They are dropped unless the client can take them at once (Socket.IO's `volatile`).
};

/// The request that opened a socket.
struct Handshake {
  net::Headers headers;
  std::string query;  ///< As sent, without `?`.
  boost::asio::ip::address client;
  std::chrono::system_clock::time_point time;
};

/// Where a request came from, according to the browser that sent it.
struct RequestOrigin {
  std::optional<std::string> origin{};  ///< `Origin`. Browsers leave it out of same-origin GETs.
  bool same_origin = false;             ///< `Sec-Fetch-Site: same-origin`.
};

/// A client's Engine.IO v4 session (socketio/engine.io-protocol) over whichever transport it uses at the moment. Lives
/// on one event loop, `executor`; call every member there.
class Socket {
 public:
  virtual ~Socket() = default;

  [[nodiscard]] virtual const std::string& id() const = 0;
  [[nodiscard]] virtual const Handshake& handshake() const = 0;
  /// The request that carries the messages which are being received: a POST, or the one that opened the WebSocket.
  [[nodiscard]] virtual const RequestOrigin& carrier() const = 0;
  [[nodiscard]] virtual Transport transport() const = 0;
  [[nodiscard]] virtual const net::Executor& executor() const = 0;

  /// Queues the messages. Those queued in one turn of the event loop are written together. Does nothing once closed.
  virtual void send(std::shared_ptr<const EncodedMessages> messages, Delivery delivery) = 0;

  /// Bytes that are queued and that the connection or a poll has not taken yet, with an overhead for each message.
  [[nodiscard]] virtual std::size_t unsent() const = 0;

  /// The application knows the client: the limits for unadmitted sockets no longer hold.
  virtual void admit() = 0;

  /// Sends what is queued and a `close` packet, and ends the session; the listener's `on_close` is called with `reason`
  /// before this returns. Does nothing once closed.
  virtual void close(DisconnectReason reason) = 0;
};

/// Receives a socket's messages. Called on its event loop; may call the socket's members.
class SocketListener {
 public:
  virtual ~SocketListener() = default;

  virtual void on_text(std::string_view message) = 0;
  virtual void on_binary(std::string_view message) = 0;
  /// Called once, as the last call.
  virtual void on_close(DisconnectReason reason) = 0;
};

}  // namespace guildhall::socketio::engine
