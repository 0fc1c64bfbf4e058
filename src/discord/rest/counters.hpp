#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

#include "discord/rest/rate_news.hpp"
#include "discord/rest/routes.hpp"
#include "discord/rest/stats.hpp"
#include "discord/rest/traffic_control.hpp"

namespace guildhall::discord {

/// Counts for RestStats. Any thread may call.
class RestCounters {
 public:
  void answered(Route route, const RateNews& news);
  void lost(Route route);
  void retried();
  void waited(std::chrono::milliseconds time);
  void given_up();
  void set_levels(const TrafficControl::Counts& counts);

  [[nodiscard]] RestStats snapshot() const;

 private:
  static constexpr std::size_t outcome_count = 9;

  mutable std::mutex mutex_;
  std::array<std::array<std::uint64_t, outcome_count>, route_count> answers_{};
  RestStats stats_;  ///< All but the answers.
};

}  // namespace guildhall::discord
