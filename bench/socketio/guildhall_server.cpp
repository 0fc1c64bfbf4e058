// A server with guildhall's Socket.IO library that does what bench/peers/node/socketio_server.mjs does, until it is
// killed.
//
//   guildhall_server <file with the message>
#include <sys/resource.h>

#include <boost/json.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/http_server.hpp"
#include "socketio/server.hpp"

namespace guildhall::bench {
namespace {

boost::json::value read_message(const char* file) {
  std::ifstream in(file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return boost::json::parse(text);
}

void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void serve(const char* message_file) {
  const base::SystemClock clock;
  base::Logger logger(clock, base::LogLevel::error);
  const base::Log log(logger, "bench");
  net::EventLoops loops(1);

  socketio::Server io(loops, {}, log);
  auto& main = io.of("/");
  const socketio::Arguments message{read_message(message_file)};
  main.on_connection([&](socketio::Socket& socket) {
    socket.on("burst", [&](socketio::Event& event) {
      const auto count = event.arguments[0].to_number<int>();
      for (int i = 0; i < count; ++i) main.emit("event", message);
    });
  });

  net::HttpServerOptions options;
  options.connection_limit = 20'000;
  net::HttpServer http(
      loops, options, [&io](net::Request& request) { return io.answer(request); }, log);
  http.start();
  std::printf("ready http://127.0.0.1:%u\n", unsigned{http.port()});
  std::fflush(stdout);
  loops.run();
}

}  // namespace
}  // namespace guildhall::bench

int main(int argc, char** argv) {
  try {
    if (argc != 2) throw std::runtime_error("the file with the message is missing");
    guildhall::bench::raise_descriptor_limit();
    guildhall::bench::serve(argv[1]);
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "guildhall_server: %s\n", error.what());
    return 1;
  }
}
