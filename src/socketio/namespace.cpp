#include "socketio/namespace.hpp"

#include "socketio/adapter.hpp"
#include "socketio/server_state.hpp"

namespace guildhall::socketio {

Namespace::Namespace(std::shared_ptr<const Context> context, std::string name)
    : context_(std::move(context)), name_(std::move(name)), adapter_(std::make_shared<Adapter>(context_, name_)) {}

Namespace::~Namespace() = default;

std::size_t Namespace::size() const { return adapter_->size(); }

net::Task<Admission> Namespace::run_middlewares(Socket& socket) {
  for (const auto& middleware : middlewares_) {
    auto admission = co_await middleware(socket);
    if (!admission) co_return admission;
  }
  co_return Admission();
}

void Namespace::run_connection_handlers(Socket& socket) {
  for (const auto& handler : handlers_) {
    if (socket.connected()) context_->run_handler("on_connection", name_, [&] { handler(socket); });
  }
}

}  // namespace guildhall::socketio
