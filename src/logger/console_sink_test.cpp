#include "logger/console_sink.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <pty.h>

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::logger {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class Pipe {
 public:
  Pipe() { EXPECT_EQ(::pipe2(ends_.data(), O_CLOEXEC), 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_reader();
    ::close(ends_[1]);
  }
  [[nodiscard]] int writer() const { return ends_[1]; }

  void close_reader() { ::close(std::exchange(ends_[0], -1)); }

  /// Reads what is in the pipe.
  [[nodiscard]] std::string read() const {
    std::string text(1 << 20, '\0');
    ::fcntl(ends_[0], F_SETFL, O_NONBLOCK);
    const ssize_t size = ::read(ends_[0], text.data(), text.size());
    text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return text;
  }

  /// Reads until `end` has come.
  [[nodiscard]] std::string read_until(std::string_view end) const {
    std::string text;
    std::array<char, 65536> buffer{};
    while (text.find(end) == std::string::npos) {
      const ssize_t size = ::read(ends_[0], buffer.data(), buffer.size());
      if (size <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(size));
    }
    return text;
  }

 private:
  std::array<int, 2> ends_{-1, -1};
};

base::LogRecord line_record(std::string message) {
  return {
      base::Timestamp(std::chrono::milliseconds(1769862896789)), base::LogLevel::info, "test", std::move(message), {}};
}

TEST(ConsoleSink, TheDestructorWritesQueuedLines) {
  const Pipe pipe;
  auto sink = make_console_sink(config::LogFormat::text, pipe.writer());
  for (int i = 0; i < 100; ++i) sink->write(line_record("line " + std::to_string(i)));
  sink.reset();
  const std::string text = pipe.read();
  EXPECT_THAT(text, StartsWith("2026-01-31 12:34:56.789 INFO  test: line 0\n"));
  EXPECT_THAT(text, EndsWith("test: line 99\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 100);
}

TEST(ConsoleSink, AutomaticIsJsonOffATerminal) {
  const Pipe pipe;
  make_console_sink(config::LogFormat::automatic, pipe.writer())->write(line_record("m"));
  EXPECT_THAT(pipe.read(), StartsWith("{\"time\":"));
}

TEST(ConsoleSink, AutomaticIsColouredTextOnATerminal) {
  int terminal = -1;
  int reader = -1;
  ASSERT_EQ(::openpty(&reader, &terminal, nullptr, nullptr, nullptr), 0);
  make_console_sink(config::LogFormat::automatic, terminal)->write(line_record("m"));
  std::array<char, 256> buffer{};
  const ssize_t size = ::read(reader, buffer.data(), buffer.size());
  EXPECT_THAT(std::string(buffer.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))),
              HasSubstr("\x1b[32mINFO"));
  ::close(terminal);
  ::close(reader);
}

TEST(ConsoleSink, KeepsTheNewestLinesWhileTheReaderStallsAndReportsTheLoss) {
  const Pipe pipe;
  auto sink = make_console_sink(config::LogFormat::text, pipe.writer());
  // Far more than the pipe and the queue hold: this returns all the same.
  for (int i = 0; i < 20'000; ++i) sink->write(line_record("line " + std::to_string(i) + std::string(100, '.')));
  const std::string text = pipe.read_until("line 19999.");
  EXPECT_THAT(text, HasSubstr("WARN  log: Log lines were lost because the console output is read too slowly lost="));
  EXPECT_THAT(text, HasSubstr("line 19999."));
  EXPECT_LT(std::ranges::count(text, '\n'), 20'000);
}

TEST(ConsoleSink, TheDestructorReturnsWhileTheReaderStalls) {
  const Pipe pipe;
  auto sink = make_console_sink(config::LogFormat::text, pipe.writer());
  for (int i = 0; i < 20'000; ++i) sink->write(line_record(std::string(100, '.')));
  const auto start = std::chrono::steady_clock::now();
  sink.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST(ConsoleSink, OutlivesItsReader) {
  Pipe pipe;
  pipe.close_reader();
  auto sink = make_console_sink(config::LogFormat::text, pipe.writer());
  sink->write(line_record("to nobody"));
  sink.reset();
}

}  // namespace
}  // namespace guildhall::logger
