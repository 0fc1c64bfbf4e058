#pragma once

#include <cstddef>
#include <functional>
#include <memory>

#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/http.hpp"
#include "net/http_server.hpp"
#include "socketio/engine/options.hpp"
#include "socketio/engine/socket.hpp"

namespace guildhall::socketio::engine {

struct Stats {
  std::size_t sockets = 0;
  std::size_t websockets = 0;
};

struct ServerState;

/// An Engine.IO v4 server: HTTP long-polling, WebSocket, and the upgrade from one to the other. It opens no port: an
/// HTTP server passes it the requests for its path.
class Server {
 public:
  /// Makes the listener of a socket that has just opened; called on the socket's event loop. The listener is released
  /// after its `on_close`.
  using Accept = std::function<std::shared_ptr<SocketListener>(std::shared_ptr<Socket> socket)>;

  Server(net::EventLoops& loops, Options options, Accept accept, base::Log log);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Answers a request for the server's path: the handshake, a poll, a POST or an upgrade to WebSocket; any other with
  /// the official server's error. Any event loop may call. A poll is answered when there is something to send or the
  /// session ends.
  [[nodiscard]] net::Task<net::Response> answer(net::Request& request);

  /// Judges a request for the server's path whose body is incomplete: only POSTs of sessions have bodies.
  [[nodiscard]] net::Task<net::HeadVerdict> judge_head(net::Request& head);

  /// Closes all sockets with `server_shutting_down` and refuses new ones. Await it on any event loop, before the HTTP
  /// server stops.
  [[nodiscard]] net::Task<> close();

  [[nodiscard]] Stats stats() const;  ///< Any thread.

 private:
  [[nodiscard]] net::Task<net::Response> answer_allowed(net::Request& request);

  std::shared_ptr<ServerState> state_;
};

}  // namespace guildhall::socketio::engine
