#pragma once

#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "socketio/engine/socket.hpp"
#include "socketio/namespace.hpp"
#include "socketio/packet_decoder.hpp"

namespace guildhall::socketio {

class Hub;

/// A connection and the namespaces it is in. Lives on the connection's event loop.
class Client : public std::enable_shared_from_this<Client> {
 public:
  Client(std::shared_ptr<Hub> hub, std::shared_ptr<engine::Socket> connection, std::uint32_t loop);

  /// Gives the client its time to join a namespace.
  void start();

  void on_text(std::string_view message);
  void on_binary(std::string_view message);
  void on_close(engine::CloseReason reason);

  [[nodiscard]] const std::shared_ptr<engine::Socket>& connection() const { return connection_; }
  [[nodiscard]] std::uint32_t loop() const { return loop_; }

  /// The server ends a socket; the client may stay.
  void leave(Socket& socket);
  /// The server ends them all, and the connection.
  void disconnect();

 private:
  struct Place {
    std::shared_ptr<Namespace> nsp;
    std::shared_ptr<Socket> socket;  ///< nullptr where the server ended it.
  };

  void take(base::Result<std::optional<Packet>> decoded);
  void take(Packet packet);
  void join(Packet packet);
  static net::Task<> admit(std::shared_ptr<Client> client, std::shared_ptr<Socket> socket);
  void settle(const std::shared_ptr<Socket>& socket, const Admission& admission);
  void welcome(const std::shared_ptr<Socket>& socket);
  void refuse(std::string_view nsp, const ConnectError& error);
  void closed(DisconnectReason reason);
  [[nodiscard]] std::vector<Place>::iterator place_of(std::string_view nsp);

  std::shared_ptr<Hub> hub_;
  std::shared_ptr<engine::Socket> connection_;
  PacketDecoder decoder_;
  std::vector<Place> places_;
  std::unique_ptr<boost::asio::steady_timer> connect_timer_;  ///< Until it joins a namespace.
  std::uint32_t loop_;
  bool closed_ = false;
};

}  // namespace guildhall::socketio
