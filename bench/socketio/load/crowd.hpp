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

  /// Connects until `clients` are in the main namespace. Throws std::runtime_error where that takes over a minute.
  void join(std::size_t clients);

  /// Disconnects all.
  void leave();

  /// Serves the clients for which something has arrived, waiting at most `wait` for it, and returns how many events
  /// came in.
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
