#include "socketio/server.hpp"

#include <algorithm>

#include "net/async/spawn.hpp"
#include "socketio/client.hpp"
#include "socketio/server_state.hpp"

namespace guildhall::socketio {
namespace {

/// How long `close` waits for the middlewares of one event loop.
constexpr std::chrono::seconds max_stop_time{5};

std::shared_ptr<ServerState> make_state(const net::EventLoops& loops, Options options, const base::Log& log) {
  std::vector<net::Executor> executors;
  for (std::size_t i = 0; i < loops.size(); ++i) executors.push_back(loops.executor(i));
  const auto context = std::make_shared<const Context>(Context{std::move(options), std::move(executors), log});
  const auto report = [context](std::exception_ptr failure) {
    context->run_handler("middleware", "", [&] { std::rethrow_exception(failure); });
  };
  const auto state = std::make_shared<ServerState>();
  state->context = context;
  for (const auto& loop : context->loops)
    state->middleware_runs.push_back(std::make_unique<net::TaskGroup>(loop, report));
  return state;
}

std::shared_ptr<engine::SocketListener> accept_client(const std::shared_ptr<ServerState>& server,
                                                      std::shared_ptr<engine::Socket> connection) {
  const auto& loops = server->context->loops;
  const auto loop = std::ranges::find(loops, connection->executor()) - loops.begin();
  const auto client = std::make_shared<Client>(server, std::move(connection), static_cast<std::uint32_t>(loop));
  client->start();
  return client;
}

}  // namespace

Server::Server(net::EventLoops& loops, Options options, const base::Log& log)
    : state_(make_state(loops, options, log)),
      engine_(
          loops, std::move(options.engine),
          [state = state_](auto connection) { return accept_client(state, std::move(connection)); }, log) {}

Server::~Server() = default;

Namespace& Server::of(std::string_view name) {
  auto full = name.starts_with('/') ? std::string(name) : '/' + std::string(name);
  auto& nsp = state_->namespaces[full];
  if (!nsp) nsp = std::make_shared<Namespace>(state_->context, std::move(full));
  return *nsp;
}

std::shared_ptr<engine::SocketListener> Server::accept(std::shared_ptr<engine::Socket> connection) {
  return accept_client(state_, std::move(connection));
}

net::Task<> Server::close() {
  co_await engine_.close();
  for (std::size_t i = 0; i < state_->middleware_runs.size(); ++i) {
    co_await net::run_on(state_->context->loops[i], state_->middleware_runs[i]->stop(max_stop_time));
  }
}

Stats Server::stats() const {
  Stats stats{engine_.stats()};
  for (const auto& [name, nsp] : state_->namespaces) stats.sockets += nsp->size();
  return stats;
}

}  // namespace guildhall::socketio
