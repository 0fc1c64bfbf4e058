#pragma once

namespace guildhall::fuzz {

/// Aborts the run if a property that must hold for every input does not.
inline void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace guildhall::fuzz
