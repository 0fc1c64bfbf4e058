#pragma once

namespace guildhall::fuzz {

/// Ends the run where something that holds for every input does not.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace guildhall::fuzz
