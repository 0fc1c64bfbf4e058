#pragma once

#include <cstddef>
#include <optional>
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

  /// Returns the next frame, or nothing if none arrives within `limit` milliseconds. A negative limit means no limit.
  [[nodiscard]] std::optional<std::string> receive(int limit) const;

 private:
  void read(char* to, std::size_t size) const;

  const int descriptor_;
};

}  // namespace guildhall::vm::guest
