#pragma once

#include <memory>

#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/task.hpp"
#include "server/services.hpp"

namespace guildhall::logger {
class LogFeed;
}
namespace guildhall::socketio {
class Server;
}

namespace guildhall::server {

/// What dashboards follow over Socket.IO: who may connect, and which of the bot's events and of the log's lines reach
/// whom.
class DashboardNamespace {
 public:
  struct Parts {
    Services& services;
    net::EventLoops& loops;
    socketio::Server& sockets;
    base::EventBus& events;
    logger::LogFeed& logs;
    base::Log log;
  };

  /// Sets up the main namespace; before the first client connects.
  explicit DashboardNamespace(Parts parts);
  ~DashboardNamespace();
  DashboardNamespace(const DashboardNamespace&) = delete;
  DashboardNamespace& operator=(const DashboardNamespace&) = delete;

  /// Looks again and again whether people's sessions go on and what they may see, until it is cancelled. Run it on one
  /// event loop.
  [[nodiscard]] net::Task<> watch();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::server
