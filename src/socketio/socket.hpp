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
#include "socketio/broadcast_operator.hpp"
#include "socketio/engine/socket.hpp"

namespace guildhall::socketio {

class Adapter;
class Client;
class Namespace;
class Rooms;
struct Room;
struct SavedSocket;

/// Acknowledges an event, once. Later calls do nothing, nor does a call after the socket has ended. Call it on the
/// socket's event loop.
class Ack {
 public:
  Ack() = default;
  Ack(std::weak_ptr<Socket> socket, std::uint64_t id);

  /// True if the client asked for an acknowledgement.
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

/// A client in a namespace. Lives on the event loop of its connection, `executor`; call every member there. The
/// connection keeps it alive; to keep it longer, hold `shared_from_this()`, whose `connected()` is false after the end.
class Socket : public std::enable_shared_from_this<Socket> {
 public:
  /// An exception from a handler is logged; the connection stays.
  using EventHandler = std::function<void(Event& event)>;
  using DisconnectHandler = std::function<void(DisconnectReason reason)>;
  /// Gets the client's acknowledgement; or Errc::timed_out; or Errc::unavailable where the socket ended first; or
  /// Errc::rate_limited where Options::max_pending_acks are pending.
  using AckHandler = std::function<void(base::Result<Arguments> answer)>;

  /// Used by the server. `saved` is the recovered state, if any.
  Socket(std::shared_ptr<Namespace> nsp, Client& client, boost::json::object auth, std::unique_ptr<SavedSocket> saved);
  ~Socket();
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  /// Public: it may be told to other clients.
  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] Namespace& nsp() const { return *nsp_; }
  [[nodiscard]] const net::Executor& executor() const { return connection_->executor(); }
  /// False in a middleware, and after the end.
  [[nodiscard]] bool connected() const { return state_ == State::connected; }
  /// True if connection state recovery restored its id, rooms and `data` and sent the missed packets.
  [[nodiscard]] bool recovered() const { return recovered_; }

  /// The payload of the client's CONNECT, `auth` in the client's options. May be changed, to remove secrets.
  [[nodiscard]] boost::json::object& auth() { return auth_; }
  [[nodiscard]] const boost::json::object& auth() const { return auth_; }
  /// The HTTP request that opened the connection.
  [[nodiscard]] const engine::Handshake& handshake() const { return connection_->handshake(); }
  /// Where the request with the client's CONNECT came from.
  [[nodiscard]] const engine::RequestOrigin& origin() const { return origin_; }
  [[nodiscard]] engine::Transport transport() const { return connection_->transport(); }
  /// The application's data about this client. Recovery copies it to the next socket.
  [[nodiscard]] std::any& data() { return data_; }

  /// From now on, broadcasts to the room reach the socket, from whichever thread. So if a state is changed and
  /// broadcast under a lock, a socket that joins and reads the state under the same lock misses nothing and gets
  /// nothing twice. Each socket is alone in the room named like its id. A room joined in a middleware counts from
  /// connecting on.
  void join(std::string_view room);
  void leave(std::string_view room);
  [[nodiscard]] bool in(std::string_view room) const;
  [[nodiscard]] std::vector<std::string> rooms() const;  ///< Without the room named like its id.

  /// Sends an event; does nothing unless connected. Throws std::invalid_argument for a reserved name (`connect`,
  /// `disconnect`, ...).
  void emit(std::string_view event, const Arguments& arguments = {},
            engine::Delivery delivery = engine::Delivery::reliable);
  /// Sends an event that the client must acknowledge within `timeout`. `handler` is called once, on this event loop,
  /// perhaps before this returns.
  void emit_with_ack(std::string_view event, const Arguments& arguments, std::chrono::milliseconds timeout,
                     AckHandler handler);
  /// The same for a coroutine on this event loop.
  [[nodiscard]] net::Task<base::Result<Arguments>> emit_with_ack(std::string event, Arguments arguments,
                                                                 std::chrono::milliseconds timeout);

  /// To the other sockets of the namespace; see BroadcastOperator.
  [[nodiscard]] BroadcastOperator broadcast() const;
  [[nodiscard]] BroadcastOperator to(std::string_view room) const { return broadcast().to(room); }

  /// Handlers are called in the order in which they were added, those of `on_any` first. They may hold references to
  /// the socket: they are destroyed when it ends.
  void on(std::string_view event, EventHandler handler);
  void on_any(EventHandler handler);
  /// Called when a connected socket ends: `connected()` is false, and its rooms are still there.
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
  friend class Rooms;

  enum class State : std::uint8_t { connecting, connected, ended };
  /// The socket's position among a room's members.
  struct Membership {
    Room* room;
    std::uint32_t index;
  };
  struct NamedHandler {
    std::string event;
    std::unique_ptr<EventHandler> handler;
  };
  struct PendingAcks;

  void connect();
  void on_event(Event event);
  void acknowledge(std::uint64_t id, const Arguments& arguments);
  void on_ack(std::uint64_t id, base::Result<Arguments> answer);
  void end(DisconnectReason reason);
  template <class Handler>
  void run_handler(std::string_view what, Handler&& handler) const;

  std::shared_ptr<Namespace> nsp_;
  std::shared_ptr<engine::Socket> connection_;
  Client* client_;      ///< nullptr after the end.
  std::uint32_t loop_;  ///< The index of its event loop.
  std::string id_;
  engine::RequestOrigin origin_;
  boost::json::object auth_;
  std::any data_;
  std::vector<std::string> early_rooms_;  ///< Joined while connecting.
  std::vector<Membership> memberships_;
  std::vector<NamedHandler> handlers_;
  std::vector<std::unique_ptr<EventHandler>> any_handlers_;
  std::vector<std::unique_ptr<DisconnectHandler>> disconnect_handlers_;
  std::unique_ptr<PendingAcks> acks_;   ///< Made on first use.
  std::unique_ptr<SavedSocket> saved_;  ///< With recovery only.
  State state_ = State::connecting;
  bool recovered_ = false;
};

}  // namespace guildhall::socketio
