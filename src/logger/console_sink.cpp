#include "logger/console_sink.hpp"

#include <poll.h>
#include <spdlog/async_logger.h>
#include <spdlog/details/null_mutex.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/base_sink.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <string_view>

#include "base/clock.hpp"
#include "base/stacktrace/crash_trace.hpp"
#include "logger/format.hpp"

namespace guildhall::logger {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t max_queued_lines = 2048;
constexpr std::chrono::seconds max_flush_time{1};

/// Other threads handle signals; and SIGPIPE must not end the program when the reader of the output has gone.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  const sigset_t crashes = base::crash_signals();
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  pthread_sigmask(SIG_UNBLOCK, &crashes, nullptr);
}

struct LineFormat {
  bool json;
  Colour colour;

  [[nodiscard]] std::string line_of(const base::LogRecord& record) const {
    return json ? json_line(record) : text_line(record, colour);
  }
};

/// Writes the payload of each message, a whole line, to a file descriptor. Used by the pool's one thread.
class DescriptorSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  DescriptorSink(int descriptor, LineFormat format, spdlog::details::thread_pool& pool)
      : descriptor_(descriptor), format_(format), pool_(pool) {}

  /// From `deadline` on, lines that the reader does not take at once are dropped. Any thread.
  void give_up_at(steady_clock::time_point deadline) { deadline_ = deadline.time_since_epoch().count(); }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::size_t lost = pool_.overrun_counter();
    if (const auto newly_lost = lost - std::exchange(reported_, lost); newly_lost > 0)
      write_line(loss_line(newly_lost));
    write_line({message.payload.data(), message.payload.size()});
  }
  void flush_() override {}

  [[nodiscard]] std::string loss_line(std::size_t lost) const {
    return format_.line_of({base::SystemClock().now(),
                            base::LogLevel::warn,
                            "log",
                            "Log lines were lost because the console output is read too slowly",
                            {{"lost", lost}}});
  }

  void write_line(std::string_view line) {
    while (!line.empty() && wait_until_writable()) {
      // A pipe that is ready takes this much at once; a larger write could block beyond the deadline.
      const ssize_t written = ::write(descriptor_, line.data(), std::min<std::size_t>(line.size(), PIPE_BUF));
      if (written > 0) {
        line.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno != EINTR && errno != EAGAIN) {
        return;  // The reader has gone.
      }
    }
  }

  [[nodiscard]] bool wait_until_writable() const {
    constexpr int poll_interval_ms = 50;
    while (true) {
      const bool late = steady_clock::now().time_since_epoch().count() > deadline_;
      pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
      if (::poll(&ready, 1, late ? 0 : poll_interval_ms) > 0) return true;
      if (late) return false;
    }
  }

  int descriptor_;
  LineFormat format_;
  spdlog::details::thread_pool& pool_;
  std::size_t reported_ = 0;
  std::atomic<steady_clock::rep> deadline_ = steady_clock::duration::max().count();
};

class ConsoleSink final : public base::LogSink {
 public:
  ConsoleSink(LineFormat format, int descriptor)
      : format_(format),
        pool_(std::make_shared<spdlog::details::thread_pool>(max_queued_lines, 1, block_signals)),
        // The sink must not own the pool: the pool's destructor joins the thread that may release the sink last.
        output_(std::make_shared<DescriptorSink>(descriptor, format, *pool_)),
        queue_(std::make_shared<spdlog::async_logger>("console", output_, pool_,
                                                      spdlog::async_overflow_policy::overrun_oldest)) {}

  ConsoleSink(const ConsoleSink&) = delete;
  ConsoleSink& operator=(const ConsoleSink&) = delete;
  ~ConsoleSink() override {
    output_->give_up_at(steady_clock::now() + max_flush_time);
    pool_.reset();  // Writes the queue and joins the thread.
  }

  void write(const base::LogRecord& record) override {
    const std::string line = format_.line_of(record);
    queue_->log(spdlog::level::info, spdlog::string_view_t(line));
  }

 private:
  LineFormat format_;
  std::shared_ptr<spdlog::details::thread_pool> pool_;
  std::shared_ptr<DescriptorSink> output_;
  std::shared_ptr<spdlog::async_logger> queue_;
};

}  // namespace

std::shared_ptr<base::LogSink> make_console_sink(config::LogFormat format, int descriptor) {
  const bool terminal = ::isatty(descriptor) != 0;
  const bool json = format == config::LogFormat::json || (format == config::LogFormat::automatic && !terminal);
  return std::make_shared<ConsoleSink>(LineFormat{json, terminal ? Colour::ansi : Colour::none}, descriptor);
}

}  // namespace guildhall::logger
