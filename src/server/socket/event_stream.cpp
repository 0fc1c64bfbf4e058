#include "server/socket/event_stream.hpp"

#include <boost/json/parse.hpp>

#include "api/live_event.hpp"
#include "server/socket/rooms.hpp"
#include "socketio/namespace.hpp"

namespace guildhall::server {

EventStream::EventStream(socketio::Namespace& nsp, base::EventBus& events)
    : nsp_(nsp),
      ready_(events.ready.subscribe([this](const auto& event) { send(*event); })),
      dispatches_(
          events.dispatch.subscribe([this](const auto& event) { send(*event); }, [this] { return nsp_.size() > 0; })) {}

void EventStream::greet(socketio::Socket& socket) {
  const std::lock_guard lock(mutex_);
  socket.join(everyone_room);
  if (readiness_) socket.emit("ready", *readiness_);
}

void EventStream::send(const base::BotReady& ready) {
  const std::lock_guard lock(mutex_);
  readiness_ = socketio::Arguments{boost::json::parse(api::encode(ready))};
  nsp_.to(everyone_room).emit("ready", *readiness_);
}

void EventStream::send(const base::GatewayDispatch& dispatch) {
  auto receivers = nsp_.to(admin_room);
  if (dispatch.guild) receivers = receivers.to(guild_room(*dispatch.guild));
  receivers.emit("event", {boost::json::parse(api::encode(dispatch))});
}

}  // namespace guildhall::server
