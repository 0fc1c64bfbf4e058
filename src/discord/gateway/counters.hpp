#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "discord/gateway/stats.hpp"

namespace guildhall::discord {

/// Where the gateway counts; any thread may look.
struct GatewayCounters {
  using Count = std::atomic<std::uint64_t>;

  Count connects{0};
  Count failed_connects{0};
  Count disconnects{0};
  Count identifies{0};
  Count resumes{0};
  Count heartbeats{0};
  Count sent{0};
  Count repeated{0};
  Count received_bytes{0};
  Count payload_bytes{0};

  void count_dispatch(std::string_view name);
  /// Adds what was counted to `stats`.
  void copy_to(GatewayStats& stats) const;

 private:
  mutable std::mutex mutex_;  // guards what follows
  std::map<std::string, std::uint64_t, std::less<>> dispatches_;
};

}  // namespace guildhall::discord
