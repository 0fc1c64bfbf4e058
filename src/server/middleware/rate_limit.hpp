#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>

namespace guildhall::server {

/// Limits how often one address may try codes that Discord refuses, so that nobody guesses through us, and Discord does
/// not take us for an attacker. Logins that succeed count nothing. Any thread may call.
class RefusedLogins {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr int burst = 30;                    ///< Refusals at once,
  static constexpr std::chrono::seconds recovery{2};  ///< and one more for each of these.
  static constexpr std::size_t capacity = 10'000;     ///< Addresses that are remembered.

  /// How long the address has to wait; nothing where it may try.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait(const boost::asio::ip::address& client, Time now) const;

  /// Counts a refusal.
  void count(const boost::asio::ip::address& client, Time now);

 private:
  mutable std::mutex mutex_;
  /// When the address will have recovered from all its refusals.
  std::map<boost::asio::ip::address, Time> recovered_;
};

}  // namespace guildhall::server
