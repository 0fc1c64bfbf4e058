#pragma once

#include <boost/json/value.hpp>
#include <boost/system/result.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/task.hpp"
#include "socketio/broadcast.hpp"
#include "socketio/socket.hpp"

namespace guildhall::socketio {

class Adapter;
struct Context;

/// Why a client may not connect: what its `connect_error` handler gets.
struct ConnectError {
  std::string message;
  boost::json::value data{};  ///< Left out where null.
};

/// A middleware's answer.
using Admission = boost::system::result<void, ConnectError>;

/// A part of the server that clients join by name, with handlers and rooms of its own. Middlewares and connection
/// handlers are set before the first client connects; broadcasts may then be made from any thread.
class Namespace : public std::enable_shared_from_this<Namespace> {
 public:
  /// Runs on the socket's event loop before the client is in; the socket lives until the task ends, also where the
  /// client is gone before. An exception is logged and turns the client away.
  using Middleware = std::function<net::Task<Admission>(Socket& socket)>;
  using ConnectionHandler = std::function<void(Socket& socket)>;

  /// Made by Server::of.
  Namespace(std::shared_ptr<const Context> context, std::string name);
  ~Namespace();
  Namespace(const Namespace&) = delete;
  Namespace& operator=(const Namespace&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  /// Adds a middleware; they are asked one after the other until one says no.
  void use(Middleware middleware) { middlewares_.push_back(std::move(middleware)); }
  /// Called when a client is in: its CONNECT is answered, what is broadcast reaches it.
  void on_connection(ConnectionHandler handler) { handlers_.push_back(std::move(handler)); }

  /// To all sockets; see Broadcast.
  [[nodiscard]] Broadcast broadcast() { return Broadcast(shared_from_this()); }
  [[nodiscard]] Broadcast to(std::string_view room) { return broadcast().to(room); }
  [[nodiscard]] Broadcast except(std::string_view room) { return broadcast().except(room); }
  void emit(std::string_view event, const Arguments& arguments = {}) { broadcast().emit(event, arguments); }

  /// Sockets that are connected. Any thread.
  [[nodiscard]] std::size_t size() const;

 private:
  friend class Broadcast;
  friend class Client;
  friend class Socket;

  [[nodiscard]] bool admits_at_once() const { return middlewares_.empty(); }
  [[nodiscard]] net::Task<Admission> ask_middlewares(Socket& socket);
  void call_handlers(Socket& socket);

  std::shared_ptr<const Context> context_;
  std::string name_;
  std::vector<Middleware> middlewares_;
  std::vector<ConnectionHandler> handlers_;
  std::shared_ptr<Adapter> adapter_;
};

}  // namespace guildhall::socketio
