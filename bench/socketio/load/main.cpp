// Measures a Socket.IO server that answers the event `burst`, n, by emitting an event n times to all clients. Prints
// one line of numbers, see --help.
#include <sys/resource.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

#include "bench/socketio/load/crowd.hpp"
#include "bench/socketio/load/process.hpp"

namespace guildhall::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

struct Settings {
  std::uint16_t port = 0;
  pid_t server = 0;
  std::size_t clients = 0;
  std::size_t burst = 1;
  double seconds = 3;
};

void raise_descriptor_limit() {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

void serve_for(Crowd& crowd, Seconds time) {
  const auto end = Clock::now() + time;
  while (Clock::now() < end) crowd.serve(std::chrono::milliseconds(10));
}

/// Requests bursts so that the server always has one or two to send: its queue is bounded, and it never idles.
class Broadcast {
 public:
  Broadcast(Crowd& crowd, std::size_t burst) : crowd_(crowd), burst_(burst) {}

  void run_for(Seconds time) {
    const auto end = Clock::now() + time;
    while (Clock::now() < end) {
      while (asked_ < delivered_ + 2 * burst_ * crowd_.size()) ask();
      receive();
    }
  }

  void drain() {
    while (delivered_ < asked_) receive();
  }

  [[nodiscard]] std::size_t delivered() const { return delivered_; }

 private:
  void ask() {
    crowd_.first().send("42[\"burst\"," + std::to_string(burst_) + "]");
    asked_ += burst_ * crowd_.size();
  }

  void receive() {
    const auto deadline = Clock::now() + std::chrono::seconds(5);
    std::size_t events = 0;
    while (events == 0) {
      if (Clock::now() > deadline) throw std::runtime_error("no event came for five seconds");
      events = crowd_.serve(std::chrono::seconds(1));
    }
    delivered_ += events;
  }

  Crowd& crowd_;
  std::size_t burst_;
  std::size_t asked_ = 0;
  std::size_t delivered_ = 0;
};

void measure_broadcast(const Settings& settings) {
  Crowd crowd(settings.port);
  crowd.join(settings.clients);
  Broadcast broadcast(crowd, settings.burst);
  broadcast.run_for(Seconds(1));  // Until caches are warm and Node.js has compiled what is hot.

  const auto start = Clock::now();
  const auto before = broadcast.delivered();
  const auto own_before = processor_time(::getpid());
  const auto server_before = processor_time(settings.server);
  broadcast.run_for(Seconds(settings.seconds));
  const double seconds = Seconds(Clock::now() - start).count();
  const double own = (processor_time(::getpid()) - own_before).count() / seconds;
  const double server = (processor_time(settings.server) - server_before).count() / seconds;
  const auto delivered = static_cast<double>(broadcast.delivered() - before);
  broadcast.drain();
  std::printf("%.0f %.3f %.3f\n", delivered / seconds, server, own);
}

void measure_idle(const Settings& settings) {
  Crowd crowd(settings.port);
  crowd.join(100);  // So that what the server loads or sets up once is not counted.
  crowd.leave();
  serve_for(crowd, Seconds(settings.seconds));
  const auto before = static_cast<double>(resident_bytes(settings.server));
  const auto kernel_before = static_cast<double>(kernel_bytes());

  crowd.join(settings.clients);
  serve_for(crowd, Seconds(settings.seconds));
  const double grown = static_cast<double>(resident_bytes(settings.server)) - before;
  // Half of the descriptors are for this process's end of the connections.
  const double kernel_grown = (static_cast<double>(kernel_bytes()) - kernel_before) / 2;
  const auto clients = static_cast<double>(settings.clients);
  std::printf("%.0f %.0f\n", grown / clients, kernel_grown / clients);
}

int run(int argc, char** argv) {
  Settings settings;
  CLI::App app{"Measures a Socket.IO server on 127.0.0.1."};
  app.add_option("--port", settings.port, "where the server listens")->required();
  app.add_option("--server", settings.server, "the server's process id")->required();
  app.add_option("--clients", settings.clients, "number of clients")->required();
  app.add_option("--seconds", settings.seconds,
                 "duration of each measurement, or of the pause before memory is measured");
  app.require_subcommand(1);
  auto* broadcast =
      app.add_subcommand("broadcast", "prints: events delivered a second, processor share of the server, ours");
  broadcast->add_option("--burst", settings.burst, "events that the server emits at once");
  app.add_subcommand("idle", "prints: bytes a client, resident in the server and for its end in the kernel");
  CLI11_PARSE(app, argc, argv);

  raise_descriptor_limit();
  if (broadcast->parsed()) {
    measure_broadcast(settings);
  } else {
    measure_idle(settings);
  }
  return 0;
}

}  // namespace
}  // namespace guildhall::bench

int main(int argc, char** argv) {
  try {
    return guildhall::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "load: %s\n", error.what());
    return 1;
  }
}
