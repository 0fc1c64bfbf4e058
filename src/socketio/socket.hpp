#pragma once

#include <any>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/task.hpp"
#include "socketio/arguments.hpp"
#include "socketio/broadcast.hpp"
#include "socketio/engine/socket.hpp"

namespace guildhall::socketio {

class Adapter;
class Client;
class LoopRooms;
class Namespace;
class PendingAcks;
struct Recoverable;
struct Room;
struct Session;

/// Why a socket ended.
enum class DisconnectReason : std::uint8_t {
  client_namespace_disconnect,  ///< The client left this namespace.
  server_namespace_disconnect,  ///< `Socket::disconnect` was called.
  transport_close,              ///< The connection went away.
  transport_error,              ///< It failed, or the client left too much unread.
  ping_timeout,
  parse_error,   ///< The client sent what is no packet.
  forced_close,  ///< The client sent what cannot be at that point, or joined no namespace in time.
  server_shutting_down,
};

/// The official server's name for it: `client namespace disconnect`, ...
[[nodiscard]] std::string_view to_string(DisconnectReason reason);

/// Answers an event, once; later calls do nothing, nor does one after the socket has ended. Called on the socket's
/// event loop.
class Ack {
 public:
  Ack() = default;
  Ack(std::weak_ptr<Socket> socket, std::uint64_t id);

  /// True where the client waits for an answer.
  [[nodiscard]] explicit operator bool() const { return state_ != nullptr; }
  void operator()(const Arguments& arguments = {}) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

/// An event from a client.
struct Event {
  std::string name;
  Arguments arguments;
  Ack ack;
};

/// A client in a namespace. Lives on the event loop of its connection, `executor`: every member is called there. It is
/// kept alive by the connection; who needs it longer takes `shared_from_this()`, and finds `connected()` false once it
/// has ended.
class Socket : public std::enable_shared_from_this<Socket> {
 public:
  /// An exception that leaves a handler is logged; the connection stays.
  using EventHandler = std::function<void(Event& event)>;
  using DisconnectHandler = std::function<void(DisconnectReason reason)>;
  /// Gets what the client answered, or Errc::timed_out, or Errc::unavailable where the socket ended first, or
  /// Errc::rate_limited where too many answers are waited for.
  using AckHandler = std::function<void(base::Result<Arguments> answer)>;

  /// Made by the server.
  Socket(std::shared_ptr<Namespace> nsp, Client& client, boost::json::object auth, std::unique_ptr<Session> session);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// Public: other clients may be told of it.
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Namespace& nsp() const { return *nsp_; }
  [[nodiscard]] const net::Executor& executor() const { return connection_->executor(); }
  /// False in a middleware, and after the end.
  [[nodiscard]] bool connected() const { return state_ == State::connected; }
  /// Connection state recovery gave it back its id, its rooms, its `data`, and the packets it missed.
  [[nodiscard]] bool recovered() const { return recovered_; }

  /// The payload of the client's CONNECT: `auth` of the handshake. May be changed, so that what is secret need not be
  /// kept.
  [[nodiscard]] boost::json::object& auth() { return auth_; }
  [[nodiscard]] const boost::json::object& auth() const { return auth_; }
  /// The HTTP request that opened the connection.
  [[nodiscard]] const engine::Handshake& handshake() const { return connection_->handshake(); }
  [[nodiscard]] engine::Transport transport() const { return connection_->transport(); }
  /// What the application knows about this client. Recovery copies it into the next socket.
  [[nodiscard]] std::any& data() { return data_; }

  /// A socket gets what is broadcast to a room after it joined, whatever thread the broadcast is made on. So who joins
  /// and reads a state under the lock under which that state is changed and broadcast has missed nothing and gets
  /// nothing twice. Each socket is alone in the room that is named like its id. What is joined in a middleware counts
  /// from connecting on.
  void join(std::string_view room);
  void leave(std::string_view room);
  [[nodiscard]] bool in(std::string_view room) const;
  [[nodiscard]] std::vector<std::string> rooms() const;  ///< Without the one that is named like its id.

  /// Sends an event. Does nothing unless connected. Throws std::invalid_argument for a name that the protocol reserves
  /// (`connect`, `disconnect`, ...).
  void emit(std::string_view event, const Arguments& arguments = {},
            engine::Delivery delivery = engine::Delivery::reliable);
  /// Sends an event that the client is to answer within `timeout`. `handler` is called once, on this loop, perhaps
  /// before this returns.
  void emit_with_ack(std::string_view event, const Arguments& arguments, std::chrono::milliseconds timeout,
                     AckHandler handler);
  /// The same for a coroutine on this loop.
  [[nodiscard]] net::Task<base::Result<Arguments>> emit_with_ack(std::string event, Arguments arguments,
                                                                 std::chrono::milliseconds timeout);

  /// To this namespace's other sockets; see Broadcast.
  [[nodiscard]] Broadcast broadcast() const;
  [[nodiscard]] Broadcast to(std::string_view room) const { return broadcast().to(room); }

  /// Handlers of one event are called in the order in which they were added, those for any event first. They may hold
  /// references to the socket, for they go when it ends.
  void on(std::string_view event, EventHandler handler);
  void on_any(EventHandler handler);
  /// Called when a socket that was connected ends: `connected()` is false, its rooms are still there.
  void on_disconnect(DisconnectHandler handler);

  enum class Close : std::uint8_t {
    nsp,         ///< Only this namespace; the client may stay in others.
    connection,  ///< The client's connection, and with it all its namespaces.
  };
  void disconnect(Close what = Close::nsp);

 private:
  friend class Ack;
  friend class Adapter;
  friend class Client;
  friend class LoopRooms;
  friend class Namespace;

  enum class State : std::uint8_t { connecting, connected, ended };
  /// Where it stands in a room's list.
  struct Membership {
    Room* room;
    std::uint32_t index;
  };
  struct NamedHandler {
    std::string event;
    std::unique_ptr<EventHandler> handler;
  };

  /// What happens to a socket while the middlewares are asked.
  struct Connecting;

  void connect();
  void take_event(Event event);
  void acknowledge(std::uint64_t id, const Arguments& arguments);
  void take_ack(std::uint64_t id, Arguments arguments);
  void expire_ack(std::uint64_t id);
  void end(DisconnectReason reason);

  std::shared_ptr<Namespace> nsp_;
  std::shared_ptr<engine::Socket> connection_;
  Client* client_;      ///< nullptr once ended.
  std::uint32_t loop_;  ///< Which one of the server's event loops.
  std::string id_;
  boost::json::object auth_;
  std::any data_;
  std::vector<Membership> memberships_;
  std::vector<NamedHandler> handlers_;
  std::vector<std::unique_ptr<EventHandler>> any_handlers_;
  std::vector<std::unique_ptr<DisconnectHandler>> disconnect_handlers_;
  std::unique_ptr<Connecting> connecting_;
  std::unique_ptr<PendingAcks> acks_;
  std::unique_ptr<Recoverable> recoverable_;  ///< Where recovery is on.
  State state_ = State::connecting;
  bool recovered_ = false;
};

}  // namespace guildhall::socketio
