#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "discord/gateway/status.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

enum class PartState : std::uint8_t {
  up,
  down,
  off,  ///< Not configured, so not waited for.
};

struct PartHealth {
  PartState state = PartState::down;
  std::string reason;  ///< Why it is not up, or what is wrong although it is; empty if nothing is.
};

[[nodiscard]] const schema::Schema& alive_schema();
/// `{"status":"ok"}`.
[[nodiscard]] std::string encode_alive();

[[nodiscard]] const schema::Schema& readiness_schema();
[[nodiscard]] std::string encode_readiness(const PartHealth& database, const PartHealth& bot);

/// How this process is, for operators.
struct NodeStatus {
  std::string version{};
  base::Timestamp started_at{};
  base::Timestamp now{};
  std::uint64_t memory = 0;  ///< Bytes of the process that are in memory.
  std::string_view dialect;
  PartHealth database{};
  PartHealth bot{};
  std::vector<discord::GatewayStats::Shard> shards{};
  std::optional<std::uint64_t> session_starts{};  ///< Gateway sessions that were started within 24 hours; of the bot.
  PartHealth scripts{};
  std::uint64_t scripts_running = 0;
  std::uint64_t scripts_idle = 0;
  std::uint64_t scripts_waiting = 0;
};

[[nodiscard]] const schema::Schema& node_status_schema();
[[nodiscard]] std::string encode_node_status(const NodeStatus& status);

}  // namespace guildhall::api
