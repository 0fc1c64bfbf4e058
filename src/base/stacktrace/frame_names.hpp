#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace guildhall::base {

/// Passes the lines of StackTrace::to_text, each with its line feed, to `take(piece, to)` in pieces. Leaves out frames
/// of the C++ runtime's exception handling. Async-signal-safe if `take` is: no locks, no malloc.
void name_frames(std::span<const std::uintptr_t> frames, void (*take)(std::string_view piece, void* to), void* to);

}  // namespace guildhall::base
