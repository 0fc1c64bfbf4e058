#pragma once

// What the tests of this folder share.

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "testing/log_capture.hpp"
#include "testing/test_loop.hpp"
#include "vm/script_host.hpp"

namespace guildhall::vm::testing {

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

/// How many descriptors this process has.
inline std::size_t count_descriptors() {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator()));
}

}  // namespace guildhall::vm::testing
