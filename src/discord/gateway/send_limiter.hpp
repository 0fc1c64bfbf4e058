#pragma once

#include <array>
#include <chrono>
#include <cstddef>

namespace guildhall::discord {

/// How often a connection may send: 120 payloads in any 60 seconds, which Discord enforces by closing it (Discord:
/// Gateway, Rate Limiting). Some of them are kept for what cannot wait, such as heartbeats.
class SendLimiter {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr std::size_t most = 120;
  static constexpr std::chrono::seconds window{60};

  /// `kept`: of the 120, at least one is left for the others.
  void keep(std::size_t kept) { kept_ = kept < most ? kept : most - 1; }

  /// Something has been sent.
  void count(Time now);
  /// The earliest time at which something that can wait may be sent; not after `now` where it may be at once.
  [[nodiscard]] Time ready_at() const;
  /// Whether anything may be sent at all.
  [[nodiscard]] bool has_room(Time now) const;

 private:
  std::array<Time, most> sent_{};  ///< A ring: when each of the last ones was sent.
  std::size_t next_ = 0;
  std::size_t kept_ = 0;
};

}  // namespace guildhall::discord
