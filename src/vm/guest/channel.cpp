#include "vm/guest/channel.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "vm/protocol.hpp"

namespace guildhall::vm::guest {
namespace {

[[noreturn]] void end_process() { _exit(protocol::exit_broken); }

}  // namespace

void Channel::send(std::string_view json) const {
  if (json.size() > protocol::max_frame) end_process();
  const auto length = static_cast<std::uint32_t>(json.size());
  std::string frame(sizeof length, '\0');
  std::memcpy(frame.data(), &length, sizeof length);
  frame += json;
  for (std::string_view left = frame; !left.empty();) {
    const auto written = ::write(descriptor_, left.data(), left.size());
    if (written > 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno != EINTR) {
      end_process();
    }
  }
}

std::string Channel::receive() const {
  std::uint32_t length = 0;
  read(reinterpret_cast<char*>(&length), sizeof length);
  if (length > protocol::max_frame) end_process();
  std::string frame(length, '\0');
  read(frame.data(), frame.size());
  return frame;
}

void Channel::read(char* to, std::size_t size) const {
  while (size > 0) {
    const auto count = ::read(descriptor_, to, size);
    if (count > 0) {
      to += count;
      size -= static_cast<std::size_t>(count);
    } else if (count == 0 || errno != EINTR) {
      end_process();
    }
  }
}

}  // namespace guildhall::vm::guest
