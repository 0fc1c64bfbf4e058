#include "socketio/server.hpp"

#include "socketio/engine/server.hpp"
#include "socketio/hub.hpp"

namespace guildhall::socketio {

class Server::Impl {
 public:
  Impl(net::EventLoops& loops, Options options, const base::Log& log)
      : hub(std::make_shared<Hub>(loops, options, log)),
        connections(
            loops, std::move(options.engine),
            [this](std::shared_ptr<engine::Socket> connection) { return hub->accept(std::move(connection)); }, log) {}

  std::shared_ptr<Hub> hub;
  engine::Server connections;
};

Server::Server(net::EventLoops& loops, Options options, base::Log log)
    : impl_(std::make_unique<Impl>(loops, std::move(options), log)) {}

Server::~Server() = default;

Namespace& Server::of(std::string_view name) { return impl_->hub->of(name); }

net::Task<net::Response> Server::answer(net::Request& request) { return impl_->connections.answer(request); }

net::Task<> Server::close() {
  co_await impl_->connections.close();
  co_await impl_->hub->stop();
}

Stats Server::stats() const { return {impl_->connections.stats(), impl_->hub->sockets()}; }

}  // namespace guildhall::socketio
