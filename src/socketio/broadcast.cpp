#include "socketio/broadcast.hpp"

#include <stdexcept>

#include "socketio/adapter.hpp"
#include "socketio/namespace.hpp"
#include "socketio/packet.hpp"
#include "socketio/socket.hpp"

namespace guildhall::socketio {

Broadcast Broadcast::to(std::string_view room) const {
  auto wider = *this;
  wider.audience_.rooms.emplace_back(room);
  return wider;
}

Broadcast Broadcast::except(std::string_view room) const {
  auto narrower = *this;
  narrower.audience_.except.emplace_back(room);
  return narrower;
}

Broadcast Broadcast::volatile_() const {
  auto droppable = *this;
  droppable.delivery_ = engine::Delivery::droppable;
  return droppable;
}

void Broadcast::emit(std::string_view event, const Arguments& arguments) const {
  if (is_reserved(event)) throw std::invalid_argument('"' + std::string(event) + "\" is a reserved event name");
  nsp_->adapter_->broadcast(audience_, event, arguments, delivery_);
}

void Broadcast::for_each(std::function<void(Socket& socket)> action) const {
  auto guarded = [context = nsp_->context_, name = nsp_->name(), action = std::move(action)](Socket& socket) {
    context->guard("for_each", name, [&] { action(socket); });
  };
  nsp_->adapter_->for_each(audience_, std::move(guarded));
}

void Broadcast::join(std::string_view room) const { nsp_->adapter_->join(audience_, room); }

void Broadcast::leave(std::string_view room) const {
  for_each([room = std::string(room)](Socket& socket) { socket.leave(room); });
}

void Broadcast::disconnect() const {
  for_each([](Socket& socket) { socket.disconnect(); });
}

void Broadcast::disconnect_clients() const {
  for_each([](Socket& socket) { socket.disconnect(Socket::Close::connection); });
}

}  // namespace guildhall::socketio
