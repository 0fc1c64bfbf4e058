#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/log.hpp"
#include "net/deadlines.hpp"
#include "net/upgrade.hpp"
#include "net/websocket.hpp"
#include "socketio/engine/responses.hpp"
#include "socketio/engine/server.hpp"
#include "socketio/engine/session.hpp"
#include "socketio/engine/socket.hpp"
#include "socketio/engine/unadmitted_sockets.hpp"

namespace guildhall::socketio::engine {

class ServerSocket;

/// What a server and its sockets share. The sockets may outlive the server.
struct ServerState {
  const Options options;
  const Server::Accept accept;
  const base::Log log;
  UnadmittedSockets unadmitted{options.unadmitted.value_or(UnadmittedLimits())};
  std::vector<std::shared_ptr<net::WebSocketLoop>> loops{};
  std::atomic<std::size_t> sockets{0};
  std::atomic<std::size_t> websockets{0};
  std::atomic<bool> closed{false};

  void add(std::shared_ptr<ServerSocket> socket);
  void remove(std::string_view id);
  [[nodiscard]] std::shared_ptr<ServerSocket> find(std::string_view id) const;
  [[nodiscard]] std::vector<std::shared_ptr<ServerSocket>> all() const;

  mutable std::mutex mutex{};  ///< Of `by_id`, whose keys belong to the sockets.
  std::unordered_map<std::string_view, std::shared_ptr<ServerSocket>> by_id{};
};

/// A session with its I/O: passes requests and WebSocket messages to the session and does what that asks for. Lives on
/// one event loop in a shared_ptr, which the server holds until the session is finished.
class ServerSocket final : public Socket,
                           public std::enable_shared_from_this<ServerSocket>,
                           private SessionIo,
                           private net::WebSocketListener,
                           private net::Deadline {
 public:
  ServerSocket(std::shared_ptr<ServerState> server, std::shared_ptr<net::WebSocketLoop> loop, std::string id,
               Handshake handshake, RequestOrigin carrier, Transport transport);
  ~ServerSocket() override;

  /// Opens the session and returns the `open` packet, with which the handshake is answered.
  [[nodiscard]] std::string open_polling();
  /// The same over a WebSocket, to which the packet is sent.
  void open_websocket(net::UpgradedConnection connection, bool deflate);

  void poll(std::shared_ptr<PendingResponse> response);
  void post(std::string_view payload, RequestOrigin carrier, PendingResponse& response);
  /// A WebSocket to change to; it is closed where the session cannot be upgraded.
  void probe(net::UpgradedConnection connection, RequestOrigin carrier, bool deflate);

  /// The limit of a message or a POST in bytes. Any thread may call.
  [[nodiscard]] std::size_t max_payload() const;
  /// Makes room for others: ends the session and its connection at once.
  void evict();

  /// Called when the server is destroyed: the listener is not called any more.
  void drop_listener() { listener_.reset(); }

  [[nodiscard]] const std::string& id() const override { return id_; }
  [[nodiscard]] const Handshake& handshake() const override { return handshake_; }
  [[nodiscard]] const RequestOrigin& carrier() const override { return carrier_; }
  [[nodiscard]] Transport transport() const override { return session_.transport(); }
  [[nodiscard]] const net::Executor& executor() const override { return loop_->executor(); }
  void send(std::shared_ptr<const EncodedMessages> messages, Delivery delivery) override;
  [[nodiscard]] std::size_t unsent() const override { return session_.unsent(); }
  void admit() override;
  void close(DisconnectReason reason) override;

 private:
  void answer_poll(std::string payload) override;
  void flush_soon() override;
  void send(std::shared_ptr<const EncodedMessages> messages) override;
  void send_ping() override;
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
  void on_close(DisconnectReason reason) override;
  void on_finished() override;

  void on_message(net::WebSocket& socket, net::Opcode kind, std::string_view message) override;
  void on_close(net::WebSocket& socket, net::CloseCode code) override;
  void on_deadline(net::Deadline::Time now) override;

  [[nodiscard]] std::shared_ptr<net::WebSocket> make_websocket(net::UpgradedConnection connection, bool deflate);
  [[nodiscard]] std::string open_packet() const;
  [[nodiscard]] ErrorCode error_code(net::Deadline::Time now);
  void accept();
  void update_deadline();

  std::shared_ptr<ServerState> server_;
  std::shared_ptr<net::WebSocketLoop> loop_;
  std::string id_;
  Handshake handshake_;
  RequestOrigin carrier_;
  RequestOrigin probe_carrier_;
  Session session_;
  UnadmittedSockets::Number unadmitted_ = 0;
  std::atomic<bool> admitted_;
  std::shared_ptr<SocketListener> listener_;
  std::shared_ptr<net::WebSocket> websocket_;
  std::shared_ptr<net::WebSocket> probe_;
  std::shared_ptr<PendingResponse> poll_;
  net::Deadline::Time deadline_ = net::Deadline::Time::max();
  DisconnectReason close_reason_ = DisconnectReason::forced_close;
};

}  // namespace guildhall::socketio::engine
