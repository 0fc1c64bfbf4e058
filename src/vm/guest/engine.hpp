#pragma once

#include <chrono>
#include <memory>
#include <string_view>

namespace guildhall::vm::guest {

class Channel;

/// The JavaScript engine with one context, in which the prelude has run. Created once and then forked; each copy runs
/// one script. Single-threaded.
class Engine {
 public:
  /// Environment variables that must be set when the engine is loaded, as a null-terminated list for execve. They turn
  /// off the JIT and all threads, so that a fork is a complete copy, use malloc, so that memory limits apply, and bind
  /// all symbols before the first fork.
  [[nodiscard]] static char* const* environment();

  Engine();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  struct State {
    bool over = false;
    int wait = -1;  ///< Milliseconds until a timer is due; 0: it is now; negative: there is none.
  };

  // Each of these may run the script, and returns the state in which it left the run.
  /// `frame`: the parent's first frame.
  State begin(const Channel& channel, std::string_view frame);
  /// `frame`: a later frame of the parent.
  State deliver(std::string_view frame);
  /// Runs a timer that is due.
  State fire();

  /// Limits the processor time of the script from now on. At the limit the parent is told where the script was. Creates
  /// a thread. The engine does not check the limit everywhere; see run_limits.hpp.
  void limit_time(std::chrono::milliseconds cpu);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::vm::guest
