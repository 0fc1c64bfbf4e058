#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

namespace guildhall::vm {

/// How long to wait before guildhall-vm is started again: not at all at first, then longer and longer, until it has
/// lived for a while.
class RestartPause {
 public:
  static constexpr std::chrono::milliseconds shortest{100};
  static constexpr std::chrono::milliseconds longest{10'000};
  /// Whoever has lived as long is healthy.
  static constexpr std::chrono::minutes healthy{1};

  /// The pause after one that has lived for `life`.
  [[nodiscard]] std::chrono::milliseconds after(std::chrono::steady_clock::duration life) {
    if (life >= healthy) next_ = std::chrono::milliseconds(0);
    return std::exchange(next_, std::clamp(2 * next_, shortest, longest));
  }

 private:
  std::chrono::milliseconds next_{0};
};

}  // namespace guildhall::vm
