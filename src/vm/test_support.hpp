#pragma once

// What the tests of this folder share.

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/log.hpp"
#include "vm/script_host.hpp"

namespace guildhall::vm::testing {

/// An event loop that runs while something is waited for.
class Loop {
 public:
  [[nodiscard]] net::Executor executor() { return context_.get_executor(); }

  /// Begins `task`; its future is for `get`.
  template <class T>
  [[nodiscard]] std::future<T> start(net::Task<T> task) {
    return boost::asio::co_spawn(context_, std::move(task), boost::asio::use_future);
  }

  /// What it returns. Throws where that takes longer than half a minute.
  template <class T>
  T get(std::future<T> future) {
    if (!until([&] { return future.wait_for(std::chrono::seconds(0)) == std::future_status::ready; })) {
      throw std::runtime_error("It does not come to an end.");
    }
    return future.get();
  }

  template <class T>
  T run(net::Task<T> task) {
    return get(start(std::move(task)));
  }

  /// Goes on until the answer is yes; false after half a minute of no.
  template <class Question>
  [[nodiscard]] bool until(Question question) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!question()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      context_.restart();
      context_.run_one_for(std::chrono::milliseconds(5));
    }
    return true;
  }

 private:
  boost::asio::io_context context_{1};
};

/// Keeps what is asked for, and answers all alike.
class World final : public HostCalls {
 public:
  net::Task<base::Result<boost::json::value>> call(Call call) override {
    calls.push_back(std::move(call));
    ++open;
    most_open = std::max(most_open, open);
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, delay);
    co_await timer.async_wait(boost::asio::use_awaitable);
    --open;
    if (throws) throw std::runtime_error("the world is away");
    co_return answer;
  }
  void console(ConsoleLevel level, std::string text) override {
    lines.push_back(std::string(to_string(level)) + ": " + text);
  }

  base::Result<boost::json::value> answer = boost::json::value(nullptr);
  std::chrono::milliseconds delay{0};
  bool throws = false;
  int open = 0;
  int most_open = 0;
  std::vector<Call> calls;
  std::vector<std::string> lines;
};

class LogLines final : public base::LogSink {
 public:
  void write(const base::LogRecord& record) override {
    const std::lock_guard lock(mutex_);
    text_ += std::string(to_string(record.level)) + ": " + record.message;
    for (const auto& field : record.fields) text_ += " " + field.key + "=" + field.value;
    text_ += "\n";
  }
  [[nodiscard]] std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

/// How many descriptors this process has.
inline std::size_t count_descriptors() {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator()));
}

}  // namespace guildhall::vm::testing
