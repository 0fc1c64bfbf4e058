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
#include "socketio/broadcast_operator.hpp"
#include "socketio/socket.hpp"

namespace guildhall::socketio {

class Adapter;
struct Context;

/// Why a client may not connect; its `connect_error` handler gets this.
struct ConnectError {
  std::string message;
  boost::json::value data{};  ///< Left out where null.
};

/// A middleware's result.
using Admission = boost::system::result<void, ConnectError>;

/// A part of the server that clients join by name, with its own handlers and rooms. Set middlewares and connection
/// handlers before the first client connects; after that, any thread may broadcast.
class Namespace : public std::enable_shared_from_this<Namespace> {
 public:
  /// Runs on the socket's event loop before the client is connected. The socket lives until the task ends, even if the
  /// client disconnects earlier. An exception is logged and refuses the client.
  using Middleware = std::function<net::Task<Admission>(Socket& socket)>;
  using ConnectionHandler = std::function<void(Socket& socket)>;

  /// Use Server::of.
  Namespace(std::shared_ptr<const Context> context, std::string name);
  ~Namespace();
  Namespace(const Namespace&) = delete;
  Namespace& operator=(const Namespace&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }

  /// Adds a middleware. They run one after the other until one refuses the client.
  void use(Middleware middleware) { middlewares_.push_back(std::move(middleware)); }
  /// Called when a client is connected: its CONNECT has been answered, and broadcasts reach it.
  void on_connection(ConnectionHandler handler) { handlers_.push_back(std::move(handler)); }

  /// To all sockets; see BroadcastOperator.
  [[nodiscard]] BroadcastOperator broadcast() { return BroadcastOperator(shared_from_this()); }
  [[nodiscard]] BroadcastOperator to(std::string_view room) { return broadcast().to(room); }
  [[nodiscard]] BroadcastOperator except(std::string_view room) { return broadcast().except(room); }
  void emit(std::string_view event, const Arguments& arguments = {}) { broadcast().emit(event, arguments); }

  /// The number of connected sockets. Any thread.
  [[nodiscard]] std::size_t size() const;

 private:
  friend class BroadcastOperator;
  friend class Client;
  friend class Socket;

  [[nodiscard]] net::Task<Admission> run_middlewares(Socket& socket);
  void run_connection_handlers(Socket& socket);

  std::shared_ptr<const Context> context_;
  std::string name_;
  std::vector<Middleware> middlewares_;
  std::vector<ConnectionHandler> handlers_;
  std::shared_ptr<Adapter> adapter_;
};

}  // namespace guildhall::socketio
