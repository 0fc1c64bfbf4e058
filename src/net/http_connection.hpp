#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "net/async/event.hpp"
#include "net/http_server.hpp"
#include "net/unsent_bytes.hpp"

namespace guildhall::net {

class HttpConnection;

/// The part of a server on one event loop; only that loop's thread uses it.
struct ServerLoop {
  ServerLoop(Executor on, std::string prefix) : executor(std::move(on)), request_id_prefix(std::move(prefix)) {}

  Executor executor;
  const std::string request_id_prefix;  ///< Random, so that ids are unique over loops and processes.
  std::list<HttpConnection*> busy;      ///< Connections whose request is being answered.
  std::list<HttpConnection*> waiting;   ///< Those that wait for their client, longest first.
  std::unordered_map<boost::asio::ip::address, std::size_t> by_client;  ///< Connections of a client_network().
  std::string date;                                                     ///< Refreshed with each tick.
  std::uint64_t next_request = 0;
  bool stopping = false;
};

/// The part that all loops and connections of a server share. Immutable but for the counters.
struct ServerState {
  ServerState(EventLoops& loops, HttpServerOptions options, Handler handler, base::Log log);

  HttpServerOptions options;
  Handler handler;
  base::Log log;
  std::vector<std::shared_ptr<ServerLoop>> loops;
  /// On loop 0, whose task owns it: a connection of another loop may be destroyed after that loop.
  std::weak_ptr<boost::asio::ip::tcp::acceptor> acceptor;
  Event drained;  ///< On loop 0: no connection is left of a stopping server.
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> connections{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::size_t> incomplete_bodies{0};  ///< In bytes.
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> evicted{0};
  std::atomic<std::uint64_t> malformed{0};
  UnsentBytes unsent;
};

/// A connection as its server sees it, on the connection's loop only.
class HttpConnection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  virtual ~HttpConnection() = default;
  /// Cancels the connection's pending operation if its deadline has passed.
  virtual void check_deadline(Time now) = 0;
  /// Accepts no further request: closes at once if idle, otherwise after the response in flight.
  virtual void finish() = 0;
  /// Closes at once.
  virtual void abort() = 0;
  /// Its server has moved it to the busy ones: closes at once.
  virtual void evicted() = 0;
  /// The client_network() of the peer.
  [[nodiscard]] virtual const boost::asio::ip::address& peer_network() const = 0;
};

/// Serves a connection, which the server counts already, until it ends; or refuses it if there is no room. Runs on
/// `loop`'s executor, where `socket` lives too.
[[nodiscard]] Task<> serve_connection(std::shared_ptr<ServerState> server, std::shared_ptr<ServerLoop> loop,
                                      boost::asio::ip::tcp::socket socket);

}  // namespace guildhall::net
