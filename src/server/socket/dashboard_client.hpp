#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "net/task.hpp"
#include "server/middleware/authentication.hpp"

namespace guildhall::database {
class GuildRepository;
}
namespace guildhall::socketio {
class Socket;
}

namespace guildhall::server {

class LogStream;
class UserGuilds;

/// The guilds whose events a dashboard client may see.
struct Visibility {
  bool everything = false;            ///< Role ADMIN.
  std::vector<base::GuildId> guilds;  ///< With the bot, and manageable by the person; empty for an ADMIN.
};

/// A dashboard that is connected through Socket.IO: keeps the socket in the rooms of what the person may see, and
/// disconnects it when the session ends. Lives on the socket's event loop.
class DashboardClient {
 public:
  /// How long a visibility check is trusted. After that it is repeated; if that fails, the client receives nothing.
  static constexpr std::chrono::seconds max_visibility_age{60};

  struct Parts {
    const base::Clock& clock;
    const Authentication& authentication;
    UserGuilds& user_guilds;
    database::GuildRepository& guilds;
    LogStream& logs;
  };

  /// What is given by reference outlives this.
  DashboardClient(Parts parts, std::shared_ptr<socketio::Socket> socket, Session session);

  /// Checks whether the session is still valid and what the person may see, and acts on it.
  [[nodiscard]] net::Task<> check();

  [[nodiscard]] socketio::Socket& socket() const { return *socket_; }

 private:
  [[nodiscard]] net::Task<> refresh_visibility();
  [[nodiscard]] net::Task<base::Result<Visibility>> load_visibility();
  void show(const Visibility& visibility);

  const Parts parts_;
  std::shared_ptr<socketio::Socket> socket_;
  Session session_;
  std::vector<std::string> rooms_;                   ///< Sorted.
  std::chrono::steady_clock::time_point confirmed_;  ///< When the visibility was last confirmed.
  bool refreshing_ = false;
};

}  // namespace guildhall::server
