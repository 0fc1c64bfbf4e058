#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::vm::guest {

/// Frames on a run's socket (vm/protocol.hpp). A parent that has gone or does not keep to the protocol ends the
/// process: nobody is left to tell.
class Channel {
 public:
  explicit Channel(int descriptor) : descriptor_(descriptor) {}

  /// One frame, once the parent has room for it.
  void send(std::string_view json) const;

  /// The next frame; nothing where none has come within `limit` milliseconds. Negative waits without a limit.
  [[nodiscard]] std::optional<std::string> receive(int limit) const;

 private:
  void wait(short events) const;
  void read(char* to, std::size_t size) const;

  const int descriptor_;
};

}  // namespace guildhall::vm::guest
