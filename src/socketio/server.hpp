#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/http.hpp"
#include "net/task.hpp"
#include "socketio/engine/server.hpp"
#include "socketio/namespace.hpp"
#include "socketio/options.hpp"
#include "socketio/socket.hpp"

namespace guildhall::socketio {

struct ServerState;

struct Stats {
  engine::Stats connections;
  std::size_t sockets = 0;  ///< Of all namespaces.
};

/// A Socket.IO v5 server (socketio/socket.io-protocol) over Engine.IO v4. It opens no port: an HTTP server passes it
/// the requests for its path, usually `/socket.io/`.
class Server {
 public:
  Server(net::EventLoops& loops, Options options, const base::Log& log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The namespace of that name, created on first use; a leading `/` may be omitted. Call before the first client
  /// connects. The namespace lives as long as the server.
  Namespace& of(std::string_view name = "/");

  /// Answers a request for the server's path. Any event loop may call.
  [[nodiscard]] net::Task<net::Response> answer(net::Request& request) { return engine_.answer(request); }

  /// See engine::Server::judge_head.
  [[nodiscard]] net::Task<net::HeadVerdict> judge_head(net::Request& head) { return engine_.judge_head(head); }

  /// Accepts a connection from elsewhere than `answer`: its client, which listens to it. Call on the connection's event
  /// loop, which must be one of the server's.
  [[nodiscard]] std::shared_ptr<engine::SocketListener> accept(std::shared_ptr<engine::Socket> connection);

  /// Ends all sockets with `server_shutting_down`, refuses new ones, and cancels running middlewares. Await it on any
  /// event loop, before the HTTP server stops.
  [[nodiscard]] net::Task<> close();

  [[nodiscard]] Stats stats() const;  ///< Any thread.

 private:
  std::shared_ptr<ServerState> state_;
  engine::Server engine_;
};

}  // namespace guildhall::socketio
