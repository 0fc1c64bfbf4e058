#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::discord {

/// The gateway's health, for /readyz.
struct GatewayHealth {
  enum class State : std::uint8_t { starting, ready, degraded, failed, stopped };
  State state = State::starting;
  std::string reason{};  ///< A sentence; empty when ready.
};

enum class ShardState : std::uint8_t {
  waiting,     ///< For the next attempt to connect.
  queued,      ///< For permission to start a session.
  connecting,  ///< Until Discord's Hello.
  identifying,
  resuming,
  ready,
  failed,  ///< Permanently.
  stopped,
};

[[nodiscard]] std::string_view to_string(ShardState state);

/// What the gateway has counted since the program started, for /metrics.
struct GatewayStats {
  struct Shard {
    ShardState state = ShardState::waiting;
    std::optional<std::chrono::milliseconds> latency{};  ///< From the last heartbeat to its acknowledgement.

    friend bool operator==(const Shard&, const Shard&) = default;
  };
  std::vector<Shard> shards{};
  std::uint64_t connects = 0;         ///< Opened connections.
  std::uint64_t failed_connects = 0;  ///< Connections that could not be opened.
  std::uint64_t disconnects = 0;      ///< Connections that ended, by either side.
  std::uint64_t identifies = 0;
  std::uint64_t resumes = 0;
  std::uint64_t heartbeats = 0;
  std::uint64_t sent = 0;                ///< Payloads, heartbeats included.
  std::uint64_t duplicates = 0;          ///< Events dropped because they had been received before.
  std::uint64_t received_bytes = 0;      ///< Compressed.
  std::uint64_t payload_bytes = 0;       ///< Decompressed.
  std::uint64_t session_starts_24h = 0;  ///< Within the last 24 hours, earlier runs of the program included.
  std::map<std::string, std::uint64_t, std::less<>> dispatches{};  ///< By name; `other` beyond 128 names.
};

/// Counts for GatewayStats. Any thread may call.
class GatewayCounters {
 public:
  using Counter = std::uint64_t GatewayStats::*;

  void count(Counter counter);
  void count_message(std::size_t received_bytes, std::size_t payload_bytes) {
    received_bytes_ += received_bytes;
    payload_bytes_ += payload_bytes;
  }
  void count_dispatch(std::string_view name);
  [[nodiscard]] GatewayStats snapshot() const;

 private:
  std::atomic<std::uint64_t> received_bytes_{0};
  std::atomic<std::uint64_t> payload_bytes_{0};
  mutable std::mutex mutex_;  // guards what follows
  GatewayStats stats_;        ///< Without the bytes.
};

/// The states of all shards, and the gateway's health that follows from them. Any thread may read.
class GatewayMonitor {
 public:
  void begin(unsigned shards);
  void update(unsigned shard, const GatewayStats::Shard& status);
  /// What all shards wait for, as a sentence; empty for nothing.
  void set_waiting_reason(std::string reason);
  /// Why the shard's last connection or attempt ended, and how long it waits before the next one.
  void set_pause(unsigned shard, std::string_view reason, std::chrono::milliseconds pause);
  /// Shards have failed permanently; `remedy` says what to do. False if that was known already.
  bool fail(std::string_view remedy);
  void stop();

  /// Whether all shards are ready; true only once until one of them is not.
  [[nodiscard]] bool announce_ready();
  [[nodiscard]] std::optional<std::string> remedy() const;
  [[nodiscard]] GatewayHealth health() const;
  [[nodiscard]] std::vector<GatewayStats::Shard> shards() const;
  /// False for a shard that does not exist.
  [[nodiscard]] bool ready(unsigned shard) const;

 private:
  struct Pause {
    std::string reason;  ///< Empty for none.
    std::chrono::milliseconds length{0};
  };

  [[nodiscard]] bool all_ready() const;
  [[nodiscard]] std::string describe() const;

  mutable std::mutex mutex_;  // guards what follows
  std::vector<GatewayStats::Shard> shards_;
  std::vector<Pause> pauses_;  ///< By shard.
  std::string waiting_reason_;
  std::optional<std::string> remedy_;
  bool announced_ = false;
  bool was_ready_ = false;
  bool stopped_ = false;
};

}  // namespace guildhall::discord
