#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "bench/socketio/load/client.hpp"

namespace guildhall::bench {

/// Many clients of one server, all on the calling thread.
class Crowd {
 public:
  explicit Crowd(std::uint16_t port);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  /// Connects `clients` to the main namespace. Throws std::runtime_error after a minute.
  void join(std::size_t clients);

  /// Disconnects all.
  void leave();

  /// Waits at most `wait` for data, lets the clients read it, and returns the number of events.
  std::size_t serve(std::chrono::milliseconds wait);

  [[nodiscard]] std::size_t size() const { return clients_.size(); }
  [[nodiscard]] Client& first() { return *clients_.front(); }

 private:
  void connect_one();

  std::uint16_t port_;
  int epoll_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<char> buffer_;
  std::size_t joined_ = 0;
};

}  // namespace guildhall::bench
