#pragma once

#include <chrono>
#include <memory>

#include "net/task.hpp"
#include "server/middleware/authentication.hpp"
#include "server/socket/event_stream.hpp"

namespace guildhall::database {
class GuildStore;
}
namespace guildhall::socketio {
class Socket;
}

namespace guildhall::server {

class LogStream;
class UserGuilds;

/// A dashboard that is connected through Socket.IO: tells the streams what the person may see, and disconnects the
/// socket when the session ends. Lives on the socket's event loop.
class DashboardClient {
 public:
  /// How long a visibility check is trusted. After that it is repeated; if that fails, the client receives nothing.
  static constexpr std::chrono::seconds max_visibility_age{60};

  struct Parts {
    const base::Clock& clock;
    const Authentication& authentication;
    UserGuilds& user_guilds;
    database::GuildStore& guilds;
    EventStream& events;
    LogStream& logs;
  };

  /// Greets the client. What is given by reference outlives this.
  DashboardClient(Parts parts, std::shared_ptr<socketio::Socket> socket, Session session);

  /// Checks whether the session is still valid and what the person may see, and acts on it.
  [[nodiscard]] net::Task<> check();

  /// The socket has been disconnected. Call once.
  void leave() { parts_.events.leave(client_); }

  [[nodiscard]] socketio::Socket& socket() const { return *client_.socket; }

 private:
  [[nodiscard]] net::Task<> refresh_visibility();
  [[nodiscard]] net::Task<base::Result<Visibility>> load_visibility();
  void show(Visibility visibility);

  const Parts parts_;
  EventStream::Client client_;
  Session session_;
  std::chrono::steady_clock::time_point
      confirmed_;  ///< When the visibility was last confirmed, or began to be asked for.
  bool refreshing_ = false;
};

}  // namespace guildhall::server
