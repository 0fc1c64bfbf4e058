#include "vm/socket_pair.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace guildhall::vm {

base::Result<SocketPair> make_socket_pair() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return base::Error{base::Errc::unavailable,
                       "No socket can be made for a script: " + std::generic_category().message(errno) + "."};
  }
  return SocketPair{Descriptor(ends[0]), Descriptor(ends[1])};
}

}  // namespace guildhall::vm
