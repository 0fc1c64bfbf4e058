#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace guildhall::vm::guest {

/// Frames on a run's socket (vm/protocol.hpp). If the parent has gone or violates the protocol, the process ends.
class Channel {
 public:
  /// `descriptor`: a blocking socket.
  explicit Channel(int descriptor) : descriptor_(descriptor) {}

  /// Sends one frame; waits until the parent has room for it.
  void send(std::string_view json) const;

  /// Waits for the next frame.
  [[nodiscard]] std::string receive() const;

 private:
  void read(char* to, std::size_t size) const;

  const int descriptor_;
};

}  // namespace guildhall::vm::guest
