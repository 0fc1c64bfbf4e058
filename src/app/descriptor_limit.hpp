#pragma once

#include <cstddef>

namespace guildhall::app {

/// Lets the process open as many descriptors as it may (systems start programs with room for about a thousand, for
/// the sake of select) and returns how many that is. Call once, at the start.
[[nodiscard]] std::size_t raise_descriptor_limit();

}  // namespace guildhall::app
