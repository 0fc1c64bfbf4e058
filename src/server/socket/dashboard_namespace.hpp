#pragma once

#include <memory>

#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/task.hpp"
#include "server/middleware/authentication.hpp"
#include "server/socket/event_stream.hpp"

namespace guildhall::database {
class ChangeFeed;
class GuildStore;
}  // namespace guildhall::database
namespace guildhall::logger {
class LogFeed;
}
namespace guildhall::socketio {
class Server;
}

namespace guildhall::server {

class UserGuilds;

/// The Socket.IO namespace of dashboards: decides who may connect, and which of the bot's events and log entries reach
/// whom.
class DashboardNamespace {
 public:
  struct Parts {
    const base::Clock& clock;
    const Authentication& authentication;
    const Origins& origins;
    UserGuilds& user_guilds;
    database::GuildStore& guilds;
    database::ChangeFeed& changes;
    net::EventLoops& loops;
    socketio::Server& sockets;
    base::EventBus& events;
    EventStream::ChannelView channel_view;  ///< See EventStream.
    logger::LogFeed& logs;
    base::Log log;
  };

  /// Sets up the main namespace; before the first client connects. What is given by reference outlives this.
  explicit DashboardNamespace(Parts parts);
  ~DashboardNamespace();
  DashboardNamespace(const DashboardNamespace&) = delete;
  DashboardNamespace& operator=(const DashboardNamespace&) = delete;

  /// Checks the sessions and rights of the connected clients until it is cancelled. Runs on one event loop.
  [[nodiscard]] net::Task<> watch();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::server
