#pragma once

#include <boost/asio/ip/address.hpp>
#include <chrono>
#include <mutex>
#include <optional>

#include "base/lru_map.hpp"

namespace guildhall::server {

/// Limits how often one client may try codes that Discord refuses, so that nobody guesses codes through this server and
/// Discord does not block it. Addresses of one net::client_network are one client. Successful logins do not count. Any
/// thread may call.
class RefusedLogins {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr int burst = 30;                    ///< Refusals in a row,
  static constexpr std::chrono::seconds recovery{2};  ///< and one more after each period.
  static constexpr std::size_t capacity = 10'000;     ///< Clients that are kept.

  /// How long the client has to wait; empty if it may try.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait(const boost::asio::ip::address& client, Time now) const;

  /// Counts a refusal.
  void count(const boost::asio::ip::address& client, Time now);

 private:
  mutable std::mutex mutex_;
  /// When the client will have recovered from all its refusals.
  base::LruMap<boost::asio::ip::address, Time> recovered_{capacity};
};

}  // namespace guildhall::server
