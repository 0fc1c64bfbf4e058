#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "socketio/engine/socket.hpp"
#include "socketio/namespace.hpp"
#include "socketio/packet.hpp"

namespace guildhall::socketio {

struct ServerState;

/// A connection and its sockets, one for each namespace that it has joined. Lives on the connection's event loop.
class Client : public engine::SocketListener, public std::enable_shared_from_this<Client> {
 public:
  /// `loop` is the index of the connection's event loop.
  Client(std::shared_ptr<ServerState> server, std::shared_ptr<engine::Socket> connection, std::uint32_t loop);

  /// Starts the time in which the client must join a namespace.
  void start();

  void on_text(std::string_view message) override;
  void on_binary(std::string_view message) override;
  void on_close(DisconnectReason reason) override;

  [[nodiscard]] const std::shared_ptr<engine::Socket>& connection() const { return connection_; }
  [[nodiscard]] std::uint32_t loop() const { return loop_; }

  /// Sends a packet without arguments.
  void send(PacketType type, std::string_view nsp, const boost::json::value& data = nullptr);

  /// Ends one socket on the server's behalf; the client may stay in other namespaces.
  void disconnect(Socket& socket);
  /// Ends all sockets and the connection.
  void disconnect();

 private:
  struct Entry {
    std::shared_ptr<Namespace> nsp;
    std::shared_ptr<Socket> socket;  ///< nullptr once the server has ended it.
  };

  void on_decoded(base::Result<std::optional<Packet>> decoded);
  void on_packet(Packet packet);
  void on_connect(Packet packet);
  static net::Task<> run_middlewares(std::shared_ptr<Client> client, std::shared_ptr<Socket> socket);
  void on_admission(const std::shared_ptr<Socket>& socket, const Admission& admission);
  void connect(const std::shared_ptr<Socket>& socket);
  void refuse(std::string_view nsp, const ConnectError& error);
  [[nodiscard]] std::vector<Entry>::iterator find(std::string_view nsp);

  std::shared_ptr<ServerState> server_;
  std::shared_ptr<engine::Socket> connection_;
  PacketDecoder decoder_;
  std::vector<Entry> entries_;
  std::unique_ptr<boost::asio::steady_timer> connect_timer_;  ///< Until the client has joined a namespace.
  std::uint32_t loop_;
  bool joined_ = false;  ///< A namespace, at some time.
  bool closed_ = false;
};

}  // namespace guildhall::socketio
