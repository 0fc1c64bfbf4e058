#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

#include "sim/gateway/intents.hpp"

namespace guildhall::sim {

/// The gateway's settings. The defaults are Discord's.
struct GatewaySettings {
  unsigned shards = 1;           ///< Recommended by GET /gateway/bot.
  unsigned max_concurrency = 1;  ///< IDENTIFYs within `identify_period`, one for each remainder of the shard's id.
  std::chrono::milliseconds identify_period{5000};
  unsigned start_total = 1000;  ///< IDENTIFYs within `start_period`.
  std::chrono::milliseconds start_period{24 * 3600 * 1000};
  std::chrono::milliseconds heartbeat_interval{41'250};
  Intents disallowed;                                         ///< Privileged intents that are not switched on.
  std::size_t events_kept = 20'000;                           ///< Per session, for resuming.
  std::size_t guilds_per_shard = 2500;                        ///< With more on a shard, IDENTIFY is refused.
  std::chrono::milliseconds session_lifetime{5 * 60 * 1000};  ///< Without a connection.
  unsigned sends = 120;                                       ///< Payloads from a connection within `sends_period`.
  std::chrono::milliseconds sends_period{60'000};
};

}  // namespace guildhall::sim
