#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <string>

#include "net/http_server.hpp"

namespace guildhall::net {

class HttpConnection;

/// The part of a server that lives on one event loop; only that loop's thread touches it.
struct ServerLoop {
  ServerLoop(Executor on, std::string prefix) : executor(std::move(on)), request_id_prefix(std::move(prefix)) {}

  Executor executor;
  const std::string request_id_prefix;  ///< Makes ids of this loop differ from those of others, here and elsewhere.
  std::list<HttpConnection*> connections;
  std::string date;  ///< Refreshed with each tick.
  std::uint64_t next_request = 0;
  bool stopping = false;
};

/// What all connections of a server share. Immutable but for the counters.
struct ServerShared {
  HttpServerOptions options;
  Handler handler;
  base::Log log;
  std::function<void()> on_drained;  ///< Called on any loop when the last connection of a stopping server has gone.
  std::atomic<bool> stopping{false};
  std::atomic<std::size_t> connections{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> refused{0};
  std::atomic<std::uint64_t> malformed{0};
};

/// A connection as its server sees it; on its own loop only.
class HttpConnection {
 public:
  using Time = std::chrono::steady_clock::time_point;

  virtual ~HttpConnection() = default;
  /// Ends what the connection waits for where its deadline has passed.
  virtual void check_deadline(Time now) = 0;
  /// No further request: closes at once while idle, else after the answer that is under way.
  virtual void finish() = 0;
  /// Closes at once.
  virtual void abort() = 0;
};

/// Serves a connection until it ends. Runs on `loop`'s executor, where `socket` lives too.
[[nodiscard]] Task<> serve_connection(std::shared_ptr<ServerShared> shared, std::shared_ptr<ServerLoop> loop,
                                      boost::asio::ip::tcp::socket socket);

}  // namespace guildhall::net
