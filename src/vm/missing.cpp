#include "vm/missing.hpp"

#include <array>
#include <string_view>
#include <utility>

#include "vm/protocol.hpp"

namespace guildhall::vm {
namespace {

constexpr std::array<std::pair<std::uint64_t, std::string_view>, 3> parts{{
    {protocol::missing_namespaces, "unprivileged namespaces (user, mount, pid, network, IPC, UTS)"},
    {protocol::missing_seccomp, "system call filters (seccomp)"},
    {protocol::missing_empty_root, "an empty file system (a mount namespace with a root of its own)"},
}};

}  // namespace

std::string describe_missing(std::uint64_t missing) {
  std::string text;
  const auto add = [&](std::string_view part) {
    if (!text.empty()) text += "; ";
    text += part;
  };
  for (const auto& [bit, part] : parts) {
    if ((missing & bit) != 0) add(part);
    missing &= ~bit;
  }
  if (missing != 0) add("something that this version does not know");
  return text;
}

}  // namespace guildhall::vm
