#pragma once

// Shared by the tests of this folder.

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "net/async/spawn.hpp"
#include "testing/log_capture.hpp"
#include "testing/test_loop.hpp"
#include "vm/script_host.hpp"

namespace guildhall::vm::test_support {

/// Records the calls, and returns the same result for all.
class FakeCalls final : public HostCalls {
 public:
  net::Task<base::Result<boost::json::value>> call(Call call) override {
    calls.push_back(std::move(call));
    max_in_flight = std::max(max_in_flight, ++in_flight);
    co_await net::sleep_for(delay);
    --in_flight;
    if (throws) throw std::runtime_error("the call failed inside");
    co_return answer;
  }
  void console(ConsoleLevel level, std::string text) override {
    lines.push_back(std::string(to_string(level)) + ": " + text);
  }

  base::Result<boost::json::value> answer = boost::json::value(nullptr);
  std::chrono::milliseconds delay{0};
  bool throws = false;
  int in_flight = 0;
  int max_in_flight = 0;
  std::vector<Call> calls;
  std::vector<std::string> lines;
};

/// How many descriptors this process has open.
inline std::size_t count_descriptors() {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator()));
}

}  // namespace guildhall::vm::test_support
