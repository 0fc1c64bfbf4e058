#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

using Clock = std::chrono::steady_clock;

/// One HTTP/1.1 client of a server on 127.0.0.1 that keeps its connection. It reads what servers of benchmarks send:
/// answers with a Content-Length.
class Connection {
 public:
  /// Connects; throws std::system_error where that fails.
  explicit Connection(std::uint16_t port);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends a request; `due` is when it should have been sent.
  void send(std::string_view request, Clock::time_point due);

  /// Reads what has come; true when that ends the answer. Throws std::runtime_error where it is none, or its status is
  /// not 2xx.
  [[nodiscard]] bool receive();

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] Clock::time_point due() const { return due_; }

 private:
  void read_head();

  int descriptor_;
  Clock::time_point due_{};
  std::string answer_;
  std::size_t answer_size_ = 0;  // 0: its head has not come
};

}  // namespace guildhall::bench
