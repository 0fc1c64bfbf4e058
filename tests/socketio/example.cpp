// The example in src/socketio/README.md: a chat for clients of `io("http://localhost:3000")`.
#include "base/clock.hpp"
#include "net/http_server.hpp"
#include "socketio/server.hpp"

using namespace guildhall;

int main() {
  base::SystemClock clock;
  base::Logger logger(clock, base::LogLevel::warn);
  base::Log log(logger, "chat");
  net::EventLoops loops(2);

  socketio::Server io(loops, {}, log);
  io.of("/").on_connection([](socketio::Socket& socket) {
    socket.on("join", [&socket](socketio::Event& event) {
      const auto* room = event.arguments[0].if_string();
      if (room != nullptr) socket.join(*room);
      event.ack({room != nullptr});
    });
    socket.on("say", [&socket](socketio::Event& event) { socket.to("lobby").emit("said", event.arguments); });
    socket.on_disconnect([&socket](auto reason) { socket.broadcast().emit("left", {socket.id(), to_string(reason)}); });
  });

  net::HttpServerOptions options;
  options.port = 3000;
  net::HttpServer http(
      loops, options, [&io](net::Request& request) { return io.answer(request); }, log);
  http.start();
  loops.run();
}
