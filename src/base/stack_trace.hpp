#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string>

namespace guildhall::base {

/// Where the program was: addresses, which are quick to take and get names only when somebody wants to read them.
class StackTrace {
 public:
  static constexpr std::size_t most_frames = 40;

  StackTrace() = default;
  explicit StackTrace(std::span<const std::uintptr_t> frames);

  /// The caller and those who called it.
  [[nodiscard]] static StackTrace here();

  /// Where `exception` was made, on whatever thread; empty where that has been forgotten: of the exceptions of all
  /// threads the newest 64 are remembered.
  [[nodiscard]] static StackTrace of(const std::exception_ptr& exception);

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::span<const std::uintptr_t> frames() const { return {frames_.data(), size_}; }

  /// A line for each function, innermost first: `at guildhall::net::Router::match (src/net/router.cpp:12)`. The first
  /// call of the process reads the program's debug information, a tenth of a second and 30 MB: nothing for an event
  /// loop.
  [[nodiscard]] std::string to_text() const;

 private:
  std::array<std::uintptr_t, most_frames> frames_{};
  std::size_t size_ = 0;
};

/// Writes the addresses of those who called its caller to `frames`, without the nearest `skip`; returns how many.
/// Async-signal-safe.
std::size_t take_frames(std::span<std::uintptr_t> frames, std::size_t skip);

}  // namespace guildhall::base
