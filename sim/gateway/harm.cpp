#include "sim/gateway/harm.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::sim {
namespace {

constexpr std::size_t max_harms = 1000;

constexpr std::array<std::pair<Harm::Kind, std::string_view>, 5> names{{
    {Harm::Kind::ignore_heartbeats, "ignoreHeartbeats"},
    {Harm::Kind::split_frames, "splitFrames"},
    {Harm::Kind::delay, "delay"},
    {Harm::Kind::refuse_connections, "refuseConnections"},
    {Harm::Kind::silence, "silence"},
}};

}  // namespace

std::string_view to_string(Harm::Kind kind) {
  return std::find_if(names.begin(), names.end(), [&](const auto& row) { return row.first == kind; })->second;
}

std::optional<Harm::Kind> parse_harm(std::string_view name) {
  const auto row = std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.second == name; });
  if (row == names.end()) return std::nullopt;
  return row->first;
}

base::Result<Harm> HarmPlan::add(Harm harm) {
  forget_past();
  if (harms_.size() == max_harms) {
    return base::Error{base::Errc::too_large, "There are 1000 harms in force already.", {}, {}};
  }
  harm.id = ++last_id_;
  return harms_.emplace_back(harm);
}

std::optional<Harm> HarmPlan::take(Harm::Kind kind, std::optional<unsigned> shard) {
  // Asked for each payload: nearly always there is nothing.
  if (harms_.empty()) return std::nullopt;
  forget_past();
  const auto found = std::find_if(harms_.begin(), harms_.end(), [&](const Harm& harm) {
    return harm.kind == kind && (!harm.shard || harm.shard == shard);
  });
  if (found == harms_.end()) return std::nullopt;
  const Harm harm = *found;
  if (found->remaining && --*found->remaining == 0) harms_.erase(found);
  return harm;
}

const std::vector<Harm>& HarmPlan::in_force() {
  forget_past();
  return harms_;
}

void HarmPlan::forget_past() {
  const auto now = clock_->now();
  std::erase_if(harms_, [now](const Harm& harm) { return harm.until && *harm.until <= now; });
}

}  // namespace guildhall::sim
