#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/log.hpp"
#include "socketio/engine/server.hpp"

namespace guildhall::socketio::engine {

class ServerSocket;

/// The sockets of a server by their ids; any thread. Asked once for each HTTP request, never for a WebSocket message.
class SocketTable {
 public:
  void add(std::shared_ptr<ServerSocket> socket);
  void remove(std::string_view id);
  [[nodiscard]] std::shared_ptr<ServerSocket> find(std::string_view id) const;
  [[nodiscard]] std::vector<std::shared_ptr<ServerSocket>> all() const;

 private:
  mutable std::mutex mutex_;
  std::unordered_map<std::string_view, std::shared_ptr<ServerSocket>> sockets_;  ///< The keys are the sockets' own.
};

/// What a server and its sockets share. Immutable but for the table and the counters.
struct ServerContext {
  ServerContext(Options chosen, Server::Accept accepts, base::Log to)
      : options(std::move(chosen)), accept(std::move(accepts)), log(std::move(to)) {}

  Options options;
  Server::Accept accept;
  base::Log log;
  SocketTable table;
  std::atomic<std::size_t> sockets{0};
  std::atomic<std::size_t> websockets{0};
  std::atomic<bool> closed{false};
};

}  // namespace guildhall::socketio::engine
