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

/// Selects sockets of a namespace: those in any of `rooms`, or all where `rooms` is empty, without those in any of
/// `except`.
struct BroadcastOptions {
  std::vector<std::string> rooms;
  std::vector<std::string> except;
  engine::Delivery delivery = engine::Delivery::reliable;
};

/// Emits to many sockets; any thread may use it. An event is encoded once for all of them. Sockets on the calling
/// thread's event loop get it before `emit` returns, in order with what is emitted to them directly; those on other
/// event loops get it from a task posted there. Each socket gets one thread's broadcasts in their order.
///
///     nsp.to("lobby").to("hall").except(socket.id()).emit("news", {"hello"});
class BroadcastOperator {
 public:
  explicit BroadcastOperator(std::shared_ptr<Namespace> nsp) : nsp_(std::move(nsp)) {}

  /// Adds a room; a socket in several of them gets one packet. A socket's id is a room too.
  [[nodiscard]] BroadcastOperator to(std::string_view room) const;
  [[nodiscard]] BroadcastOperator except(std::string_view room) const;
  /// Drops the event for clients that cannot take it at once.
  [[nodiscard]] BroadcastOperator volatile_() const;

  /// Throws std::invalid_argument for a reserved event name.
  void emit(std::string_view event, const Arguments& arguments = {}) const;

  /// Calls `action` with each socket, on its event loop; on the calling thread's event loop before this returns.
  void for_each(std::function<void(Socket& socket)> action) const;
  void join(std::string_view room) const;   ///< `socketsJoin` of the official server.
  void leave(std::string_view room) const;  ///< `socketsLeave`.
  void disconnect() const;                  ///< `disconnectSockets`: from this namespace.
  void disconnect_clients() const;          ///< `disconnectSockets(true)`: also closes their connections.

 private:
  std::shared_ptr<Namespace> nsp_;
  BroadcastOptions options_;
};

}  // namespace guildhall::socketio
