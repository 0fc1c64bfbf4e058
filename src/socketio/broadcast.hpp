#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "socketio/arguments.hpp"
#include "socketio/engine/socket.hpp"

namespace guildhall::socketio {

class Namespace;
class Socket;

/// Which sockets of a namespace: those in any of `rooms`, or all where there are none, but for those in any of
/// `except`.
struct Audience {
  std::vector<std::string> rooms;
  std::vector<std::string> except;
};

/// Says something to many sockets. Any thread may use it. What is emitted is encoded once for all of them. Sockets on
/// the calling thread's event loop have it before this returns, in order with what is emitted to each directly; those
/// on other loops get it from a task posted there. What one thread broadcasts reaches each socket in that order.
///
///     nsp.to("lobby").to("hall").except(socket.id()).emit("news", {"hello"});
class Broadcast {
 public:
  explicit Broadcast(std::shared_ptr<Namespace> nsp) : nsp_(std::move(nsp)) {}

  /// Adds a room; a socket that is in several gets one packet. A socket's id is a room too.
  [[nodiscard]] Broadcast to(std::string_view room) const;
  [[nodiscard]] Broadcast except(std::string_view room) const;
  /// Dropped for clients that cannot take it at once.
  [[nodiscard]] Broadcast volatile_() const;

  /// Throws std::invalid_argument for a name that the protocol reserves.
  void emit(std::string_view event, const Arguments& arguments = {}) const;

  /// Calls `action` with each socket, on its event loop: on the calling thread's before this returns.
  void for_each(std::function<void(Socket& socket)> action) const;
  void join(std::string_view room) const;   ///< The official `socketsJoin`.
  void leave(std::string_view room) const;  ///< The official `socketsLeave`.
  void disconnect() const;                  ///< The official `disconnectSockets`: from this namespace.
  void disconnect_clients() const;          ///< The same with their connections.

 private:
  std::shared_ptr<Namespace> nsp_;
  Audience audience_;
  engine::Delivery delivery_ = engine::Delivery::reliable;
};

}  // namespace guildhall::socketio
