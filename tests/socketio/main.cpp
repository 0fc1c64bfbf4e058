// An echo server for Engine.IO and Socket.IO.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <exception>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/http_server.hpp"
#include "sim/tls_identity.hpp"
#include "socketio/engine/server.hpp"
#include "socketio/server.hpp"
#include "tests/socketio/engine_echo.hpp"
#include "tests/socketio/socket_echo.hpp"

namespace guildhall::echo {
namespace {

struct CommandLine {
  std::uint16_t port = 3000;
  std::optional<std::uint16_t> tls_port;
  socketio::engine::Options engine;
  bool recovery = false;
};

class Program {
 public:
  explicit Program(const CommandLine& line)
      : line_(line),
        engine_(
            loops_, engine_options(line), [](auto socket) { return listen(std::move(socket)); }, log_),
        socketio_(loops_, socketio_options(line), log_) {
    listen(socketio_);
  }

  /// Runs until SIGINT or SIGTERM.
  void run() {
    http_ = serve(line_.port, nullptr);
    if (line_.tls_port) https_ = serve(*line_.tls_port, sim::make_tls_identity("127.0.0.1").context);
    boost::asio::co_spawn(loops_.home(), stop_on_signal(), boost::asio::detached);
    std::cout << "echo_server ready http=http://127.0.0.1:" << http_->port();
    if (https_) std::cout << " https=https://127.0.0.1:" << https_->port();
    std::cout << std::endl;
    loops_.run();
  }

 private:
  static socketio::engine::Options engine_options(const CommandLine& line) {
    auto options = line.engine;
    // Python's WebSocket client sends the server's own address as Origin.
    options.allow_origin = [](std::string_view origin) {
      return origin == "https://ours.example" || origin.starts_with("http://127.0.0.1:");
    };
    return options;
  }

  static socketio::Options socketio_options(const CommandLine& line) {
    socketio::Options options;
    options.engine = engine_options(line);
    options.engine.unadmitted.emplace();
    if (line.recovery) options.recovery.emplace();
    return options;
  }

  std::unique_ptr<net::HttpServer> serve(std::uint16_t port, std::shared_ptr<boost::asio::ssl::context> tls) {
    net::HttpServerOptions options;
    options.port = port;
    options.tls = std::move(tls);
    options.body_limit = std::max(options.body_limit, 2 * line_.engine.max_payload);
    options.reject = [](unsigned status, std::string_view sentence) {
      net::Response response;
      response.status = status;
      response.body = sentence;
      return response;
    };
    auto server = std::make_unique<net::HttpServer>(
        loops_, std::move(options), [this](net::Request& request) { return answer(request); }, log_);
    server->start();
    return server;
  }

  net::Task<net::Response> answer(net::Request& request) {
    if (request.path() == "/engine.io/") {
      auto answered = engine_.answer(request);
      net::Response response = co_await std::move(answered);
      co_return response;
    }
    if (request.path() == "/socket.io/") {
      auto answered = socketio_.answer(request);
      net::Response response = co_await std::move(answered);
      co_return response;
    }
    net::Response nothing;
    nothing.status = 404;
    co_return nothing;
  }

  net::Task<> stop_on_signal() {
    constexpr std::chrono::seconds grace{1};
    co_await signals_.async_wait(boost::asio::use_awaitable);
    co_await engine_.close();
    co_await socketio_.close();
    co_await http_->stop(grace);
    if (https_) co_await https_->stop(grace);
    loops_.stop();
  }

  CommandLine line_;
  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::warn};
  base::Log log_{logger_, "echo"};
  net::EventLoops loops_{std::max(2U, std::thread::hardware_concurrency())};
  /// Installed before the ready line is printed.
  boost::asio::signal_set signals_{loops_.home(), SIGINT, SIGTERM};
  socketio::engine::Server engine_;
  socketio::Server socketio_;
  std::unique_ptr<net::HttpServer> http_;
  std::unique_ptr<net::HttpServer> https_;
};

}  // namespace
}  // namespace guildhall::echo

int main(int argc, char** argv) {
  using namespace guildhall;
  echo::CommandLine line;
  auto& engine = line.engine;
  std::int64_t ping_interval = engine.ping_interval.count();
  std::int64_t ping_timeout = engine.ping_timeout.count();
  CLI::App app{"Echoes messages at /engine.io/ and /socket.io/.", "echo_server"};
  app.add_option("--port", line.port, "Port for HTTP; 0 lets the system choose")->capture_default_str();
  app.add_option("--tls-port", line.tls_port, "Port for HTTPS too; 0 lets the system choose");
  app.add_option("--ping-interval", ping_interval, "Milliseconds between two pings")->capture_default_str();
  app.add_option("--ping-timeout", ping_timeout, "Milliseconds to wait for a pong")->capture_default_str();
  app.add_option("--max-payload", engine.max_payload, "Bytes of a message or a POST")->capture_default_str();
  app.add_flag("--deflate", engine.per_message_deflate, "Compress WebSocket messages");
  app.add_flag("--recovery", line.recovery, "Socket.IO clients that reconnect get the missed events");
  CLI11_PARSE(app, argc, argv);
  engine.ping_interval = std::chrono::milliseconds(ping_interval);
  engine.ping_timeout = std::chrono::milliseconds(ping_timeout);
  try {
    echo::Program(line).run();
  } catch (const std::exception& failure) {
    std::cerr << "echo_server: " << failure.what() << '\n';
    return 1;
  }
  return 0;
}
