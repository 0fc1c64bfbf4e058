#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

using Clock = std::chrono::steady_clock;

/// An HTTP/1.1 client with one persistent connection to 127.0.0.1. It reads only responses with a Content-Length.
class Connection {
 public:
  /// Connects; throws std::system_error on failure.
  explicit Connection(std::uint16_t port);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Sends a request; `due` is when it should have been sent.
  void send(std::string_view request, Clock::time_point due);

  /// Reads what has arrived; returns true at the end of the response. Throws std::runtime_error if it is invalid or its
  /// status is not 2xx.
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
