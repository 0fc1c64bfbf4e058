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

struct Stats {
  engine::Stats connections;
  std::size_t sockets = 0;  ///< Of all namespaces.
};

/// A Socket.IO v5 server (socketio/socket.io-protocol) over Engine.IO v4. It has no port of its own: an HTTP server
/// hands it the requests for its path, usually `/socket.io/`.
class Server {
 public:
  Server(net::EventLoops& loops, Options options, base::Log log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The namespace of that name, made where there is none yet; a leading `/` may be left out. Call before the first
  /// client connects. The namespace lives as long as the server.
  Namespace& of(std::string_view name = "/");

  /// Answers a request for the server's path. Any event loop may call.
  [[nodiscard]] net::Task<net::Response> answer(net::Request& request);

  /// Ends all sockets with `server_shutting_down`, takes no new ones, and waits for middlewares that run. Await it on
  /// any loop, before the HTTP server stops.
  [[nodiscard]] net::Task<> close();

  [[nodiscard]] Stats stats() const;  ///< Any thread.

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::socketio
