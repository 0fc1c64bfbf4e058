#include "logger/console_sink.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>

#include <csignal>

#include "base/clock.hpp"
#include "base/crash_trace.hpp"
#include "logger/descriptor_sink.hpp"
#include "logger/line.hpp"

namespace guildhall::logger {
namespace {

constexpr std::size_t queue_lines = 2048;
constexpr std::chrono::seconds time_to_finish{1};

/// Signals are for the program's own threads; and a reader that has gone must not end the program by SIGPIPE.
void block_signals() {
  sigset_t all;
  sigfillset(&all);
  const sigset_t crashes = base::crash_signals();
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
  pthread_sigmask(SIG_UNBLOCK, &crashes, nullptr);
}

class ConsoleSink final : public base::LogSink {
 public:
  ConsoleSink(config::LogFormat format, int descriptor)
      : json_(format == config::LogFormat::json ||
              (format == config::LogFormat::automatic && ::isatty(descriptor) == 0)),
        colour_(::isatty(descriptor) == 0 ? Colour::none : Colour::ansi),
        pool_(std::make_shared<spdlog::details::thread_pool>(queue_lines, 1, block_signals)),
        output_(std::make_shared<DescriptorSink>(
            // Bare pointers: both outlive the thread that asks. Were it to share the pool, it could be the last to let
            // go of it, and a pool joins its thread.
            descriptor, [pool = pool_.get()] { return pool->overrun_counter(); },
            [this](std::size_t lost) { return line_of(loss_of(lost)); })),
        queue_(std::make_shared<spdlog::async_logger>("console", output_, pool_,
                                                      spdlog::async_overflow_policy::overrun_oldest)) {}

  ConsoleSink(const ConsoleSink&) = delete;
  ConsoleSink& operator=(const ConsoleSink&) = delete;
  ~ConsoleSink() override {
    output_->give_up_after(time_to_finish);
    pool_.reset();  // Ends the thread when it has written the queue.
  }

  void write(const base::LogRecord& record) override {
    const std::string line = line_of(record);
    queue_->log(spdlog::level::info, spdlog::string_view_t(line));
  }

 private:
  [[nodiscard]] std::string line_of(const base::LogRecord& record) const {
    return json_ ? json_line(record) : text_line(record, colour_);
  }

  static base::LogRecord loss_of(std::size_t lost) {
    return {base::SystemClock().now(),
            base::LogLevel::warn,
            "log",
            "The reader of the log does not keep up: lines were lost",
            {{"lost", lost}}};
  }

  bool json_;
  Colour colour_;
  std::shared_ptr<spdlog::details::thread_pool> pool_;
  std::shared_ptr<DescriptorSink> output_;
  std::shared_ptr<spdlog::async_logger> queue_;
};

}  // namespace

std::shared_ptr<base::LogSink> make_console_sink(config::LogFormat format, int descriptor) {
  return std::make_shared<ConsoleSink>(format, descriptor);
}

}  // namespace guildhall::logger
