#include "sim/gateway/gateway_fault.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::sim {
namespace {

constexpr std::size_t max_faults = 1000;

constexpr std::array<std::pair<GatewayFault::Kind, std::string_view>, 5> names{{
    {GatewayFault::Kind::ignore_heartbeats, "ignoreHeartbeats"},
    {GatewayFault::Kind::split_frames, "splitFrames"},
    {GatewayFault::Kind::delay, "delay"},
    {GatewayFault::Kind::refuse_connections, "refuseConnections"},
    {GatewayFault::Kind::silence, "silence"},
}};

}  // namespace

std::string_view to_string(GatewayFault::Kind kind) {
  return std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.first == kind; })->second;
}

std::optional<GatewayFault::Kind> parse_gateway_fault(std::string_view name) {
  const auto row = std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.second == name; });
  if (row == names.end()) return std::nullopt;
  return row->first;
}

base::Result<GatewayFault> GatewayFaultPlan::add(GatewayFault fault) {
  forget_past();
  if (faults_.size() == max_faults) {
    return base::Error{base::Errc::too_large, "1000 gateway faults are active already.", {}, {}};
  }
  fault.id = ++last_id_;
  return faults_.emplace_back(fault);
}

std::optional<GatewayFault> GatewayFaultPlan::take(GatewayFault::Kind kind, std::optional<unsigned> shard) {
  // Asked for each payload: nearly always there is nothing.
  if (faults_.empty()) return std::nullopt;
  forget_past();
  const auto found = std::find_if(faults_.begin(), faults_.end(), [&](const GatewayFault& fault) {
    return fault.kind == kind && (!fault.shard || fault.shard == shard);
  });
  if (found == faults_.end()) return std::nullopt;
  const GatewayFault fault = *found;
  if (found->remaining && --*found->remaining == 0) faults_.erase(found);
  return fault;
}

const std::vector<GatewayFault>& GatewayFaultPlan::in_force() {
  forget_past();
  return faults_;
}

void GatewayFaultPlan::forget_past() {
  const auto now = clock_->now();
  std::erase_if(faults_, [now](const GatewayFault& fault) { return fault.until && *fault.until <= now; });
}

}  // namespace guildhall::sim
