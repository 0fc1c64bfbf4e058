#pragma once

#include <valgrind/callgrind.h>

#include <stdexcept>
#include <string>

namespace guildhall::bench {

/// While an instance exists, the instructions of its thread are counted, if callgrind runs with --collect-atstart=no.
class Counting {
 public:
  Counting() { CALLGRIND_TOGGLE_COLLECT; }
  ~Counting() { CALLGRIND_TOGGLE_COLLECT; }
  Counting(const Counting&) = delete;
  Counting& operator=(const Counting&) = delete;
};

/// Throws if a path does not do its work, since its count would mean nothing.
inline void demand(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(std::string("What is measured does not work: ") + what);
}

}  // namespace guildhall::bench
