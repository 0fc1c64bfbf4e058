// Repeats a request to a server on 127.0.0.1, on one thread, and prints one line of JSON, see --help.
//
// Without --rate each connection sends the next request as soon as the previous one is answered. With it, requests are
// due at even intervals, and latency is measured from the due time, so that a pause of the server delays all requests
// that were due in it (no coordinated omission).
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include "bench/load/connection.hpp"
#include "bench/load/requests.hpp"

namespace guildhall::bench {
namespace {

using Seconds = std::chrono::duration<double>;

constexpr std::chrono::seconds patience{10};

struct Settings {
  Ask ask;
  std::size_t connections = 64;
  double seconds = 3;
  double warm_up = 1;
  double rate = 0;
};

void check(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
}

double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// A timer for epoll.
class Alarm {
 public:
  explicit Alarm(int epoll) : descriptor_(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK)) {
    check(descriptor_, "timerfd_create");
    epoll_event interest{EPOLLIN | EPOLLET, {nullptr}};
    check(::epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor_, &interest), "epoll_ctl");
  }
  ~Alarm() { ::close(descriptor_); }
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  void set(Clock::time_point when) {
    const auto since_boot = std::chrono::nanoseconds(when.time_since_epoch()).count();
    itimerspec time{};
    time.it_value.tv_sec = since_boot / 1'000'000'000;
    time.it_value.tv_nsec = since_boot % 1'000'000'000;
    check(::timerfd_settime(descriptor_, TFD_TIMER_ABSTIME, &time, nullptr), "timerfd_settime");
  }

 private:
  int descriptor_;
};

class Load {
 public:
  explicit Load(const Settings& settings)
      : requests_(settings.ask), epoll_(::epoll_create1(EPOLL_CLOEXEC)), alarm_(epoll_) {
    check(epoll_, "epoll_create1");
    if (settings.rate > 0) interval_ = std::chrono::duration_cast<Clock::duration>(Seconds(1 / settings.rate));
    for (std::size_t i = 0; i < settings.connections; ++i) connect(settings.ask.port);
  }
  ~Load() { ::close(epoll_); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  /// Sends the first request the first time.
  void run_for(Seconds time) {
    const auto now = Clock::now();
    const auto end = now + std::chrono::duration_cast<Clock::duration>(time);
    if (next_due_ == Clock::time_point{}) next_due_ = now;
    if (interval_ == Clock::duration::zero()) {
      while (!idle_.empty()) ask(now);
    }
    for (auto at = now; at < end; at = Clock::now()) {
      if (interval_ != Clock::duration::zero()) ask_what_is_due(at);
      serve();
    }
  }

  /// The latencies since the last call, in the order of the responses.
  [[nodiscard]] std::vector<Clock::duration> take_times() { return std::exchange(times_, {}); }

 private:
  void connect(std::uint16_t port) {
    connections_.push_back(std::make_unique<Connection>(port));
    epoll_event interest{EPOLLIN, {connections_.back().get()}};
    check(::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_.back()->descriptor(), &interest), "epoll_ctl");
    idle_.push_back(connections_.back().get());
  }

  void ask(Clock::time_point due) {
    idle_.front()->send(requests_.next(), due);
    idle_.pop_front();
  }

  void ask_what_is_due(Clock::time_point now) {
    for (; next_due_ <= now && !idle_.empty(); next_due_ += interval_) ask(next_due_);
    if (next_due_ > now) alarm_.set(next_due_);
  }

  void serve() {
    std::array<epoll_event, 256> ready;
    const int count = ::epoll_wait(epoll_, ready.data(), ready.size(), std::chrono::milliseconds(patience).count());
    if (count < 0 && errno != EINTR) check(count, "epoll_wait");
    if (count == 0) throw std::runtime_error("no answer came for ten seconds");
    for (int i = 0; i < count; ++i) {
      if (auto* connection = static_cast<Connection*>(ready[static_cast<std::size_t>(i)].data.ptr)) read(*connection);
    }
  }

  void read(Connection& connection) {
    if (!connection.receive()) return;
    const auto now = Clock::now();
    times_.push_back(now - connection.due());
    if (interval_ == Clock::duration::zero()) {
      connection.send(requests_.next(), now);
    } else {
      idle_.push_back(&connection);
    }
  }

  Requests requests_;
  int epoll_;
  Alarm alarm_;
  Clock::duration interval_{};
  Clock::time_point next_due_{};
  std::vector<std::unique_ptr<Connection>> connections_;
  std::deque<Connection*> idle_;
  std::vector<Clock::duration> times_;
};

double milliseconds(const std::vector<Clock::duration>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto place = static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1));
  return std::chrono::duration<double, std::milli>(sorted[place]).count();
}

void measure(const Settings& settings) {
  Load load(settings);
  load.run_for(Seconds(settings.warm_up));
  (void)load.take_times();
  const auto began = Clock::now();
  const auto used = processor_seconds();
  std::printf("measuring\n");
  std::fflush(stdout);
  load.run_for(Seconds(settings.seconds));
  const double seconds = Seconds(Clock::now() - began).count();
  const double core = (processor_seconds() - used) / seconds;
  auto times = load.take_times();
  std::sort(times.begin(), times.end());
  std::printf("{\"rate\": %.1f, \"p50\": %.4f, \"p99\": %.4f, \"max\": %.4f, \"core\": %.3f}\n",
              static_cast<double>(times.size()) / seconds, milliseconds(times, 0.5), milliseconds(times, 0.99),
              milliseconds(times, 1), core);
}

int run(int argc, char** argv) {
  Settings settings;
  CLI::App app{
      "Asks a server on 127.0.0.1. Prints `measuring` when it is warm, at the end the answers a second, how many ms "
      "they "
      "took, and the share of a core that asking used. Ends with 1 at an answer that is not 2xx."};
  app.add_option("--port", settings.ask.port, "where the server listens")->required();
  app.add_option("--path", settings.ask.paths, "path to request; several take turns");
  app.add_option("--method", settings.ask.method, "HTTP method");
  app.add_option("--header", settings.ask.headers, "`name: value`; may be repeated");
  app.add_option("--body", settings.ask.body, "JSON to send; `{n}` in it is the request's number");
  app.add_option("--connections", settings.connections, "number of connections");
  app.add_option("--seconds", settings.seconds, "duration of the measurement");
  app.add_option("--warm-up", settings.warm_up, "seconds of load before the measurement");
  app.add_option("--rate", settings.rate, "requests a second; default: as many as are answered");
  CLI11_PARSE(app, argc, argv);
  measure(settings);
  return 0;
}

}  // namespace
}  // namespace guildhall::bench

int main(int argc, char** argv) {
  try {
    return guildhall::bench::run(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "http_load: %s\n", error.what());
    return 1;
  }
}
