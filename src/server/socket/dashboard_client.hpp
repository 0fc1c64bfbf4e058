#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "net/task.hpp"
#include "server/services.hpp"
#include "server/session.hpp"

namespace guildhall::socketio {
class Socket;
}

namespace guildhall::server {

class LogStream;

/// What a person may see at a moment.
struct Visibility {
  bool everything = false;            ///< Role ADMIN.
  std::vector<base::GuildId> guilds;  ///< Those with the bot that the person may manage; empty for an ADMIN.
};

/// A person who is connected through Socket.IO: keeps the socket in the rooms of what they may see, and ends it with
/// the session. Lives on the socket's event loop.
class DashboardClient {
 public:
  /// How long what was found out about a person decides what they see. Then it is found out again, or they see nothing.
  static constexpr std::chrono::seconds trusted_for{60};

  DashboardClient(Services& services, LogStream& logs, std::shared_ptr<socketio::Socket> socket, Session session);

  /// Finds out whether the session goes on and what the person may see, and acts on it.
  [[nodiscard]] net::Task<> check();

  [[nodiscard]] const Session& session() const { return session_; }
  [[nodiscard]] socketio::Socket& socket() const { return *socket_; }

 private:
  [[nodiscard]] net::Task<bool> session_is_valid();
  [[nodiscard]] net::Task<> refresh_visibility();
  [[nodiscard]] net::Task<base::Result<Visibility>> load_visibility();
  void show(const Visibility& sight);

  Services& services_;
  LogStream& logs_;
  std::shared_ptr<socketio::Socket> socket_;
  Session session_;
  std::vector<std::string> rooms_;
  std::chrono::steady_clock::time_point confirmed_;  ///< When what is shown was last found right.
  bool looking_ = false;
};

}  // namespace guildhall::server
