#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>

namespace guildhall::base {

/// The addresses of a stack. Taking them is fast; to_text symbolizes them when they are needed.
///
/// Boost.Stacktrace can replace this folder when the base system has Boost 1.85, the first version that takes the stack
/// of an exception where it was thrown.
class StackTrace {
 public:
  static constexpr std::size_t max_frames = 40;

  StackTrace() = default;
  explicit StackTrace(std::span<const std::uintptr_t> frames);

  /// The stack of the caller.
  [[nodiscard]] static StackTrace here();

  /// The stack where `exception` was created, on any thread. Empty if it is forgotten: only the newest 64 exceptions of
  /// all threads are remembered.
  [[nodiscard]] static StackTrace of(const std::exception_ptr& exception);

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::span<const std::uintptr_t> frames() const { return {frames_.data(), size_}; }

  /// A line per function, innermost first: `at guildhall::net::Router::match (src/net/router.cpp:12)`. The first call
  /// of the process reads the program's debug information, which takes 0.1 s and 30 MB, so do not call it on an event
  /// loop.
  [[nodiscard]] std::string to_text() const;

 private:
  std::array<std::uintptr_t, max_frames> frames_{};
  std::size_t size_ = 0;
};

/// Writes the stack of its caller to `frames`, without the innermost `skip` frames; returns their number.
/// Async-signal-safe.
std::size_t take_frames(std::span<std::uintptr_t> frames, std::size_t skip);

}  // namespace guildhall::base
