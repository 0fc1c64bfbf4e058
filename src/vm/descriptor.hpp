#pragma once

#include <unistd.h>

#include <utility>

#include "base/result.hpp"

namespace guildhall::vm {

/// Owns a file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const { return number_; }
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

/// Two connected Unix stream sockets, which no child process inherits.
struct SocketPair {
  Descriptor ours;
  Descriptor theirs;
};

/// Fails if no descriptors are left.
[[nodiscard]] base::Result<SocketPair> make_socket_pair();

}  // namespace guildhall::vm
