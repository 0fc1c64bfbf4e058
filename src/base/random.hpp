#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace guildhall::base {

/// Fills `out` with cryptographically secure random bytes from the kernel. Throws std::system_error on failure.
void random_bytes(std::span<std::byte> out);

/// `bytes` random bytes as lower-case hex of twice that length.
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace guildhall::base
