#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace guildhall::base {

/// Fills `out` with bytes fit for keys, from the kernel. Throws std::system_error where the kernel has none.
void random_bytes(std::span<std::byte> out);

/// `bytes` random bytes as lower-case hex, twice as many characters.
[[nodiscard]] std::string random_hex(std::size_t bytes);

}  // namespace guildhall::base
