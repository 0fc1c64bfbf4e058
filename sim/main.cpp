// discord-sim: a stand-in for Discord, for the demo, the tests and the benchmarks.
#include <CLI/CLI.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <csignal>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/clock.hpp"
#include "base/log.hpp"
#include "net/event_loops.hpp"
#include "net/http_server.hpp"
#include "sim/dispatcher.hpp"
#include "sim/gateway/server.hpp"
#include "sim/simulation.hpp"
#include "sim/tls_identity.hpp"
#include "sim/world/world_json.hpp"

namespace guildhall::sim {
namespace {

struct Options {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8090;
  std::optional<std::uint16_t> tls_port;
  std::string world_file;
  std::string data = "./data/sim";
};

/// Standard output is reserved for the line with the addresses.
class StandardErrorSink final : public base::LogSink {
 public:
  void write(const base::LogRecord& record) override {
    std::string line = "discord-sim: " + record.message;
    for (const auto& field : record.fields) line += ' ' + field.key + '=' + field.value;
    std::cerr << line + '\n';
  }
};

World read_world(const std::string& file) {
  if (file.empty()) return demo_world();
  auto world = load_world(file);
  if (!world) {
    const auto& error = world.error();
    throw std::runtime_error(file + ": " + (error.field.empty() ? "" : error.field + ": ") + error.message);
  }
  return std::move(*world);
}

/// Writes the authority's certificate atomically and returns its path.
std::string write_ca(const std::string& directory, const std::string& pem) {
  namespace fs = std::filesystem;
  const fs::path path = fs::absolute(fs::path(directory) / "ca.pem").lexically_normal();
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) throw std::runtime_error("cannot make " + path.parent_path().string() + ": " + error.message());
  const fs::path fresh = path.string() + ".new";
  std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
  file << pem;
  file.close();
  if (!file) throw std::runtime_error("cannot write " + fresh.string());
  fs::rename(fresh, path);
  return path.string();
}

std::string url_of(std::string_view scheme, const std::string& host, std::uint16_t port) {
  const bool ipv6 = host.find(':') != std::string::npos;
  return std::string(scheme) + "://" + (ipv6 ? '[' + host + ']' : host) + ':' + std::to_string(port);
}

/// The simulator with its event loop and servers.
class Program {
 public:
  Program(const Options& options, World world) : simulation_(std::move(world), clock_), options_(options) {
    logger_.attach(std::make_shared<StandardErrorSink>());
    http_ = listen(options.port, nullptr);
    ready_ = "discord-sim ready http=" + url_of("http", options.host, http_->port());
    if (options.tls_port) {
      const auto identity = make_tls_identity(options.host);
      https_ = listen(*options.tls_port, identity.context);
      ready_ += " https=" + url_of("https", options.host, https_->port());
      ready_ += " ca=" + write_ca(options.data, identity.ca_pem);
    }
  }

  /// Until SIGINT or SIGTERM.
  void run() {
    boost::asio::co_spawn(loops_.home(), stop_on_signal(), boost::asio::detached);
    std::cout << ready_ << std::endl;
    loops_.run();
  }

 private:
  std::unique_ptr<net::HttpServer> listen(std::uint16_t port, std::shared_ptr<boost::asio::ssl::context> tls) {
    const bool tls_here = tls != nullptr;
    net::HttpServerOptions settings;
    settings.host = options_.host;
    settings.port = port;
    settings.tls = std::move(tls);
    settings.reject = reject;
    // Discord takes ten files of 10 MiB, in at most 25 MiB.
    settings.body_limit = 25UL * 1024 * 1024;
    auto server = std::make_unique<net::HttpServer>(
        loops_, std::move(settings),
        [this, tls_here](net::Request& request) {
          // The scheme of the addresses that a response gives, as from a proxy that ends TLS.
          if (tls_here) request.headers.set("X-Forwarded-Proto", "https");
          return dispatcher_.handle(request);
        },
        base::Log(logger_, "web"));
    try {
      server->start();
    } catch (const boost::system::system_error& failure) {
      throw std::runtime_error("cannot listen on " + options_.host + " port " + std::to_string(port) + ": " +
                               failure.code().message());
    }
    return server;
  }

  net::Task<> stop_on_signal() {
    constexpr std::chrono::seconds grace{3};
    co_await signals_.async_wait(boost::asio::use_awaitable);
    co_await http_->stop(grace);
    if (https_) co_await https_->stop(grace);
    co_await gateway_.close();
    loops_.stop();
  }

  base::SystemClock clock_;
  base::Logger logger_{clock_, base::LogLevel::warn};
  Simulation simulation_;
  Options options_;
  net::EventLoops loops_{1};
  GatewayServer gateway_{simulation_, loops_};
  Dispatcher dispatcher_{simulation_, gateway_, loops_.home()};
  /// Registered before the ready line is printed.
  boost::asio::signal_set signals_{loops_.home(), SIGINT, SIGTERM};
  std::unique_ptr<net::HttpServer> http_;
  std::unique_ptr<net::HttpServer> https_;
  std::string ready_;
};

}  // namespace
}  // namespace guildhall::sim

int main(int argc, char** argv) {
  using namespace guildhall::sim;
  Options options;
  CLI::App app{"A stand-in for Discord: OAuth2, REST API and gateway, with a world of its own.", "discord-sim"};
  app.add_option("--host", options.host, "Address to listen on")->capture_default_str();
  app.add_option("--port", options.port, "Port for HTTP; 0 lets the system choose")->capture_default_str();
  app.add_option("--tls-port", options.tls_port, "Port for HTTPS too; 0 lets the system choose");
  app.add_option("--world", options.world_file, "JSON file of people and guilds; without it, the demo world");
  app.add_option("--data", options.data, "Directory for ca.pem")->capture_default_str();
  try {
    app.parse(argc, argv);
    Program(options, read_world(options.world_file)).run();
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const std::exception& failure) {
    std::cerr << "discord-sim: " << failure.what() << '\n';
    return 1;
  }
  return 0;
}
