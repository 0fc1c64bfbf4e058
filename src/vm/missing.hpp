#pragma once

#include <cstdint>
#include <string>

namespace guildhall::vm {

/// What the machine does not give, for people: `user namespaces (...) and seccomp`. `missing`: bits of
/// protocol::Missing, at least one.
[[nodiscard]] std::string describe_missing(std::uint64_t missing);

}  // namespace guildhall::vm
