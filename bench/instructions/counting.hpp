#pragma once

#include <valgrind/callgrind.h>

#include <stdexcept>
#include <string>

namespace guildhall::bench {

/// What this thread does while one lives is counted, where callgrind runs the program with --collect-atstart=no.
class Counting {
 public:
  Counting() { CALLGRIND_TOGGLE_COLLECT; }
  ~Counting() { CALLGRIND_TOGGLE_COLLECT; }
  Counting(const Counting&) = delete;
  Counting& operator=(const Counting&) = delete;
};

/// A path that does not do what it is to do is not to be measured.
inline void demand(bool condition, const char* what) {
  if (!condition) throw std::runtime_error(std::string("What is measured does not work: ") + what);
}

}  // namespace guildhall::bench
