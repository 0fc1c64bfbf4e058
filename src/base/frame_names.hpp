#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace guildhall::base {

/// Hands the lines of StackTrace::to_text, each with its line feed, to `take(piece, to)` piece by piece. Frames of the
/// exception machinery are left out. Async-signal-safe where `take` is: no locks, no malloc.
void name_frames(std::span<const std::uintptr_t> frames, void (*take)(std::string_view piece, void* to), void* to);

}  // namespace guildhall::base
