#include "discord/gateway/stats.hpp"

namespace guildhall::discord {

std::string_view to_string(ShardState state) {
  switch (state) {
    case ShardState::waiting: return "waiting";
    case ShardState::queued: return "queued";
    case ShardState::connecting: return "connecting";
    case ShardState::identifying: return "identifying";
    case ShardState::resuming: return "resuming";
    case ShardState::ready: return "ready";
    case ShardState::failed: return "failed";
    case ShardState::stopped: return "stopped";
  }
  return "unknown";
}

}  // namespace guildhall::discord
