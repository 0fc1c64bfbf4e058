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
#include "logger/journal.hpp"

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

/// The form of records in the output.
enum class Form : std::uint8_t { text, coloured_text, json, journal };

std::string encode(const base::LogRecord& record, Form form) {
  switch (form) {
    case Form::text: return text_line(record, Colour::none);
    case Form::coloured_text: return text_line(record, Colour::ansi);
    case Form::json: return json_line(record);
    case Form::journal: break;
  }
  return journal_entry(record);
}

Form form_of(config::LogFormat format, int descriptor) {
  const bool terminal = ::isatty(descriptor) != 0;
  const Form text = terminal ? Form::coloured_text : Form::text;
  switch (format) {
    case config::LogFormat::json: return Form::json;
    case config::LogFormat::text: return text;
    case config::LogFormat::automatic: break;
  }
  if (is_journal(descriptor)) return Form::journal;
  return terminal ? text : Form::json;
}

/// Writes the payload of each message, an encoded record, to a file descriptor or the journal. Used by the pool's one
/// thread.
class OutputSink final : public spdlog::sinks::base_sink<spdlog::details::null_mutex> {
 public:
  OutputSink(int descriptor, Form form, spdlog::details::thread_pool& pool)
      : descriptor_(descriptor), form_(form), pool_(pool) {}

  /// From `deadline` on, lines that the reader does not take at once are dropped. Any thread.
  void give_up_at(steady_clock::time_point deadline) { deadline_ = deadline.time_since_epoch().count(); }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    const std::size_t lost = pool_.overrun_counter();
    if (const auto newly_lost = lost - std::exchange(reported_, lost); newly_lost > 0) put(loss(newly_lost));
    put({message.payload.data(), message.payload.size()});
  }
  void flush_() override {}

  [[nodiscard]] std::string loss(std::size_t lost) const {
    return encode({base::SystemClock().now(),
                   base::LogLevel::warn,
                   "log",
                   "Log lines were lost because the console output is read too slowly",
                   {{"lost", lost}}},
                  form_);
  }

  void put(std::string_view encoded) {
    if (form_ == Form::journal) {
      send_to_journal(encoded);
    } else {
      write_line(encoded);
    }
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
  Form form_;
  spdlog::details::thread_pool& pool_;
  std::size_t reported_ = 0;
  std::atomic<steady_clock::rep> deadline_ = steady_clock::duration::max().count();
};

class ConsoleSink final : public base::LogSink {
 public:
  ConsoleSink(Form form, int descriptor)
      : form_(form),
        pool_(std::make_shared<spdlog::details::thread_pool>(max_queued_lines, 1, block_signals)),
        // The sink must not own the pool: the pool's destructor joins the thread that may release the sink last.
        output_(std::make_shared<OutputSink>(descriptor, form, *pool_)),
        queue_(std::make_shared<spdlog::async_logger>("console", output_, pool_,
                                                      spdlog::async_overflow_policy::overrun_oldest)) {}

  ConsoleSink(const ConsoleSink&) = delete;
  ConsoleSink& operator=(const ConsoleSink&) = delete;
  ~ConsoleSink() override {
    output_->give_up_at(steady_clock::now() + max_flush_time);
    pool_.reset();  // Writes the queue and joins the thread.
  }

  void write(const base::LogRecord& record) override {
    const std::string encoded = encode(record, form_);
    queue_->log(spdlog::level::info, spdlog::string_view_t(encoded));
  }

 private:
  Form form_;
  std::shared_ptr<spdlog::details::thread_pool> pool_;
  std::shared_ptr<OutputSink> output_;
  std::shared_ptr<spdlog::async_logger> queue_;
};

}  // namespace

std::shared_ptr<base::LogSink> make_console_sink(config::LogFormat format, int descriptor) {
  return std::make_shared<ConsoleSink>(form_of(format, descriptor), descriptor);
}

}  // namespace guildhall::logger
