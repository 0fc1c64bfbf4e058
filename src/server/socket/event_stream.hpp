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

/// Sends what the bot tells: that it is ready to all, each dispatch to the room of its guild and to the admin room.
class EventStream {
 public:
  /// Both outlive this.
  EventStream(socketio::Namespace& nsp, base::EventBus& events);

  /// Tells a newcomer that the bot is ready, if it is; else they hear of it with the others. Called on the socket's
  /// event loop, once.
  void greet(socketio::Socket& socket);

 private:
  void tell(const base::BotReady& ready);
  void tell(const base::GatewayDispatch& dispatch);

  socketio::Namespace& nsp_;
  std::mutex mutex_;
  std::optional<socketio::Arguments> readiness_;  ///< What `ready` says, once the bot is.
  // Last, so that they end first.
  base::Topic<base::BotReady>::Subscription ready_;
  base::Topic<base::GatewayDispatch>::Subscription dispatches_;
};

}  // namespace guildhall::server
