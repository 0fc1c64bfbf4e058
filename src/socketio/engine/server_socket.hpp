#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "net/deadlines.hpp"
#include "net/upgrade.hpp"
#include "net/websocket.hpp"
#include "socketio/engine/context.hpp"
#include "socketio/engine/reply.hpp"
#include "socketio/engine/session.hpp"
#include "socketio/engine/socket.hpp"

namespace guildhall::socketio::engine {

/// A session with its I/O: hands requests and WebSocket messages to the session, and does what that says. Lives on one
/// event loop in a shared_ptr, which the server's table holds until the session is finished.
class ServerSocket final : public Socket,
                           public std::enable_shared_from_this<ServerSocket>,
                           private SessionActions,
                           private net::WebSocketListener,
                           private net::Deadline {
 public:
  ServerSocket(std::shared_ptr<ServerContext> context, std::shared_ptr<net::WebSocketLoop> loop, std::string id,
               Handshake handshake, Transport transport);
  ~ServerSocket() override;

  /// Finds a listener, enters the table, and returns what the client is told first: the `open` packet.
  [[nodiscard]] std::string open_polling();
  /// The same over a WebSocket, to which that packet goes.
  void open_websocket(net::UpgradedConnection connection, bool deflate);

  /// Requests of the client; `reply` gets the answer, at once or later.
  void poll(std::shared_ptr<Reply> reply);
  void post(std::string_view payload, Reply& reply);
  /// A WebSocket to change to, or not: it is closed then.
  void probe(net::UpgradedConnection connection, bool deflate);

  /// The server goes: whoever listens hears no more.
  void forget_listener() { listener_.reset(); }

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] const Handshake& handshake() const override { return handshake_; }
  [[nodiscard]] Transport transport() const override { return session_.transport(); }
  [[nodiscard]] const net::Executor& executor() const override { return loop_->executor(); }
  void send(std::shared_ptr<const Outgoing> messages, Delivery delivery) override;
  [[nodiscard]] std::size_t unsent() const override { return session_.unsent(); }
  void close(CloseReason reason) override;

 private:
  void answer_poll(std::string payload) override;
  void flush_soon() override;
  void send(std::shared_ptr<const Outgoing> messages) override;
  void send(PacketType packet) override;
  void write_now() override;
  [[nodiscard]] bool writable() const override { return websocket_ && websocket_->writable(); }
  [[nodiscard]] std::size_t unsent_bytes() const override { return websocket_ ? websocket_->unsent() : 0; }
  void close_websocket(net::CloseCode code) override;
  void abort_websocket() override;
  void answer_probe() override;
  void close_probe() override;
  void adopt_probe() override;
  void on_text(std::string_view message) override;
  void on_binary(std::string_view message) override;
  void on_close(CloseReason reason) override;
  void on_finished() override;

  void on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) override;
  void on_close(net::WebSocket& socket, net::CloseCode code) override;
  void on_deadline(net::Deadline::Time now) override;

  [[nodiscard]] std::shared_ptr<net::WebSocket> make_websocket(net::UpgradedConnection connection, bool deflate);
  [[nodiscard]] std::string open_packet() const;
  void find_listener();
  void watch_deadline();

  std::shared_ptr<ServerContext> context_;
  std::shared_ptr<net::WebSocketLoop> loop_;
  std::string id_;
  Handshake handshake_;
  Session session_;
  std::unique_ptr<SocketListener> listener_;
  std::shared_ptr<net::WebSocket> websocket_;
  std::shared_ptr<net::WebSocket> probe_;
  std::shared_ptr<Reply> poll_;
  net::Deadline::Time watched_ = net::Deadline::Time::max();
  CloseReason closed_because_ = CloseReason::forced_close;
};

}  // namespace guildhall::socketio::engine
