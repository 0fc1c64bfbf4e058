#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::discord {

/// How the gateway is, for /readyz.
struct GatewayHealth {
  enum class State : std::uint8_t { starting, ready, degraded, failed, stopped };
  State state = State::starting;
  std::string reason{};  ///< A sentence; empty when ready.
};

/// Where a shard is on its way.
enum class ShardState : std::uint8_t {
  waiting,     ///< For the time of the next attempt.
  queued,      ///< For its turn to start a session.
  connecting,  ///< Until Discord's Hello.
  identifying,
  resuming,
  ready,
  failed,  ///< For good.
  stopped,
};

[[nodiscard]] std::string_view to_string(ShardState state);

/// What the gateway has counted since the start, for /metrics.
struct GatewayStats {
  struct Shard {
    ShardState state = ShardState::waiting;
    std::optional<std::chrono::milliseconds> latency{};  ///< From the last heartbeat to its acknowledgement.

    friend bool operator==(const Shard&, const Shard&) = default;
  };
  std::vector<Shard> shards{};
  std::uint64_t connects = 0;         ///< Connections that were opened.
  std::uint64_t failed_connects = 0;  ///< Those that could not be.
  std::uint64_t disconnects = 0;      ///< Connections that ended, by either side.
  std::uint64_t identifies = 0;       ///< Sessions that were asked for.
  std::uint64_t resumes = 0;          ///< Sessions that were asked to go on.
  std::uint64_t heartbeats = 0;
  std::uint64_t sent = 0;                ///< Payloads, heartbeats included.
  std::uint64_t repeated = 0;            ///< Events dropped since they had come before.
  std::uint64_t received_bytes = 0;      ///< As they came, compressed.
  std::uint64_t payload_bytes = 0;       ///< Decompressed.
  std::uint64_t session_starts_24h = 0;  ///< Within the last 24 hours, former runs of the program included.
  std::map<std::string, std::uint64_t, std::less<>> dispatches{};  ///< By name; `other` beyond 128 names.
};

}  // namespace guildhall::discord
