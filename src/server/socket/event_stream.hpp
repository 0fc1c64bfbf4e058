#pragma once

#include <mutex>
#include <optional>

#include "base/event_bus.hpp"
#include "socketio/arguments.hpp"

namespace guildhall::socketio {
class Namespace;
class Socket;
}  // namespace guildhall::socketio

namespace guildhall::server {

/// Sends the bot's events: `ready` to everyone, each dispatch to the room of its guild and to the admin room.
class EventStream {
 public:
  /// Both outlive this.
  EventStream(socketio::Namespace& nsp, base::EventBus& events);

  /// Sends `ready` to a new client if the bot is ready; otherwise the client gets it with the others. Called once, on
  /// the socket's event loop.
  void greet(socketio::Socket& socket);

 private:
  void send(const base::BotReady& ready);
  void send(const base::GatewayDispatch& dispatch);

  socketio::Namespace& nsp_;
  std::mutex mutex_;
  std::optional<socketio::Arguments> readiness_;  ///< The payload of `ready`, once the bot is.
  // Last, so that they end first.
  base::Topic<base::BotReady>::Subscription ready_;
  base::Topic<base::GatewayDispatch>::Subscription dispatches_;
};

}  // namespace guildhall::server
