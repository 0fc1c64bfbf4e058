#pragma once

#include <memory>

#include "net/task.hpp"

namespace guildhall::logger {
class LogFeed;
}
namespace guildhall::socketio {
class Namespace;
class Socket;
}  // namespace guildhall::socketio

namespace guildhall::server {

/// Sends the log to the admin room: the newest entries to a client that joins, each later one to all, in order and none
/// twice.
class LogStream {
 public:
  /// Entries are sent from tasks on `home`. `nsp` and `feed` outlive this.
  LogStream(net::Executor home, socketio::Namespace& nsp, logger::LogFeed& feed);
  ~LogStream();
  LogStream(const LogStream&) = delete;
  LogStream& operator=(const LogStream&) = delete;

  /// Lets a socket into the admin room. Called on the socket's event loop.
  void admit(socketio::Socket& socket);

 private:
  class State;

  logger::LogFeed& feed_;
  std::shared_ptr<State> state_;
};

}  // namespace guildhall::server
