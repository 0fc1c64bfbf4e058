#include "socketio/broadcast_operator.hpp"

#include "socketio/adapter.hpp"
#include "socketio/namespace.hpp"
#include "socketio/packet.hpp"
#include "socketio/server_state.hpp"
#include "socketio/socket.hpp"

namespace guildhall::socketio {

BroadcastOperator BroadcastOperator::to(std::string_view room) const {
  auto changed = *this;
  changed.options_.rooms.emplace_back(room);
  return changed;
}

BroadcastOperator BroadcastOperator::except(std::string_view room) const {
  auto changed = *this;
  changed.options_.except.emplace_back(room);
  return changed;
}

BroadcastOperator BroadcastOperator::volatile_() const {
  auto changed = *this;
  changed.options_.delivery = engine::Delivery::volatile_;
  return changed;
}

void BroadcastOperator::emit(std::string_view event, const Arguments& arguments) const {
  require_unreserved(event);
  nsp_->adapter_->broadcast(options_, event, arguments);
}

void BroadcastOperator::for_each(std::function<void(Socket& socket)> action) const {
  nsp_->adapter_->for_each(options_,
                           [context = nsp_->context_, name = nsp_->name(), action = std::move(action)](Socket& socket) {
                             context->run_handler("for_each", name, [&] { action(socket); });
                           });
}

void BroadcastOperator::join(std::string_view room) const { nsp_->adapter_->join(options_, room); }

void BroadcastOperator::leave(std::string_view room) const {
  for_each([room = std::string(room)](Socket& socket) { socket.leave(room); });
}

void BroadcastOperator::disconnect() const {
  for_each([](Socket& socket) { socket.disconnect(); });
}

void BroadcastOperator::disconnect_clients() const {
  for_each([](Socket& socket) { socket.disconnect(Socket::Close::connection); });
}

}  // namespace guildhall::socketio
