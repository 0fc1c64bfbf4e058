#include "tests/socketio/socket_echo.hpp"

#include <boost/json/object.hpp>
#include <chrono>
#include <string>
#include <string_view>

namespace guildhall::echo {
namespace {

using socketio::Arguments;
using socketio::Event;
using socketio::Namespace;
using socketio::Socket;

void echo(Socket& socket) {
  socket.emit("auth", {socket.auth()});
  socket.on("message", [&socket](Event& event) { socket.emit("message-back", event.arguments); });
  socket.on("message-with-ack", [](Event& event) { event.ack(event.arguments); });
}

void broadcast(Namespace& nsp, const Arguments& arguments) {
  const auto& where = arguments[0].as_object();
  auto broadcast = nsp.broadcast();
  if (const auto* rooms = where.if_contains("to")) {
    for (const auto& room : rooms->as_array()) broadcast = broadcast.to(room.as_string());
  }
  if (const auto* rooms = where.if_contains("except")) {
    for (const auto& room : rooms->as_array()) broadcast = broadcast.except(room.as_string());
  }
  if (where.contains("volatile")) broadcast = broadcast.volatile_();
  broadcast.emit("news", arguments.from(1));
}

void ask(Socket& socket, const Arguments& arguments) {
  const std::chrono::milliseconds timeout(arguments[0].as_int64());
  auto handler = [&socket](base::Result<Arguments> answer) {
    if (answer) {
      socket.emit("answer", *answer);
    } else {
      socket.emit("answer", {answer.error().message});
    }
  };
  socket.emit_with_ack("question", arguments.from(1), timeout, std::move(handler));
}

void flood(Socket& socket) {
  const Arguments much{std::string(100'000, 'x')};
  for (int i = 0; i < 100; ++i) socket.emit("flood", much);
}

void serve(Socket& socket) {
  echo(socket);
  socket.on("join", [&socket](Event& event) {
    socket.join(event.arguments[0].as_string());
    event.ack();
  });
  socket.on("broadcast", [&socket](Event& event) { broadcast(socket.nsp(), event.arguments); });
  socket.on("ask", [&socket](Event& event) { ask(socket, event.arguments); });
  socket.on("leave", [&socket](Event& event) {
    socket.disconnect(event.arguments[0] == true ? Socket::Close::connection : Socket::Close::nsp);
  });
  socket.on("flood", [&socket](Event&) { flood(socket); });
  socket.on_disconnect([&socket](socketio::DisconnectReason reason) {
    socket.to("door").emit("left", {socket.id(), to_string(reason)});
  });
}

net::Task<socketio::Admission> want_secret(Socket& socket) {
  const auto* token = socket.auth().if_contains("token");
  if (token != nullptr && *token == "secret") co_return socketio::Admission();
  co_return socketio::ConnectError{"unauthorized", {{"hint", "token"}}};
}

}  // namespace

void listen(socketio::Server& server) {
  server.of("/").on_connection(serve);
  server.of("/custom").on_connection(echo);
  server.of("/private").use(want_secret);
}

}  // namespace guildhall::echo
