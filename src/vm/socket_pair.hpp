#pragma once

#include "base/result.hpp"
#include "vm/descriptor.hpp"

namespace guildhall::vm {

/// Two Unix stream sockets, connected with each other. None is inherited.
struct SocketPair {
  Descriptor ours;
  Descriptor theirs;
};

/// Fails where there are no descriptors left.
[[nodiscard]] base::Result<SocketPair> make_socket_pair();

}  // namespace guildhall::vm
