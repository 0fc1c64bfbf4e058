#pragma once

#include <chrono>
#include <memory>
#include <string_view>

namespace guildhall::vm::guest {

class Channel;

/// The JavaScript engine with one context, in which the prelude has been run. Made once and then forked: each copy runs
/// one script. For one thread.
class Engine {
 public:
  /// Environment variables that are read when the engine is loaded, as a null-terminated list for execve: no JIT and no
  /// threads, so that a copy of the process is a whole one; memory from malloc, so that its limit counts; and symbols
  /// looked up once for all copies.
  [[nodiscard]] static char* const* environment();

  Engine();
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// What is left to be done.
  struct State {
    bool over = false;
    int wait = -1;  ///< Milliseconds for which the parent is waited for; negative: without a limit.
  };

  /// Each of these may run the script, and ends with a state.
  /// The parent's first frame.
  State begin(const Channel& channel, std::string_view frame);
  /// Each one that follows.
  State deliver(std::string_view frame);
  /// Time has passed.
  State fire();

  /// Begins to watch the processor time of what the script does; past it, the parent is told where the script was.
  /// Makes a thread. What the engine does not notice by itself is for the process's own limit to end.
  void limit_time(std::chrono::milliseconds cpu);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::vm::guest
