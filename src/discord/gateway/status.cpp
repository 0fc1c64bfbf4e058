#include "discord/gateway/status.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::discord {
namespace {

/// Twice as many as Discord has; more names would be a peer's attempt to fill the memory.
constexpr std::size_t max_names = 128;
constexpr std::string_view other = "other";

bool is_ready(const GatewayStats::Shard& shard) { return shard.state == ShardState::ready; }

std::string describe(const std::vector<GatewayStats::Shard>& shards) {
  const auto first = std::ranges::find_if_not(shards, is_ready);
  std::string text = "Shard " + std::to_string(first - shards.begin()) + " is " + std::string(to_string(first->state));
  if (shards.size() > 1) {
    const auto ready = std::ranges::count_if(shards, is_ready);
    text += "; " + std::to_string(ready) + " of " + std::to_string(shards.size()) + " are ready";
  }
  return text + ".";
}

}  // namespace

std::string_view to_string(ShardState state) {
  static constexpr std::array<std::string_view, 8> names{"waiting",  "queued", "connecting", "identifying",
                                                         "resuming", "ready",  "failed",     "stopped"};
  return names.at(static_cast<std::size_t>(state));
}

void GatewayCounters::count(Counter counter) {
  const std::lock_guard lock(mutex_);
  ++(stats_.*counter);
}

void GatewayCounters::count_dispatch(std::string_view name) {
  const std::lock_guard lock(mutex_);
  auto& dispatches = stats_.dispatches;
  const auto found = dispatches.find(name);
  if (found != dispatches.end()) {
    ++found->second;
  } else {
    ++dispatches[std::string(dispatches.size() < max_names ? name : other)];
  }
}

GatewayStats GatewayCounters::snapshot() const {
  const std::lock_guard lock(mutex_);
  GatewayStats stats = stats_;
  stats.received_bytes = received_bytes_;
  stats.payload_bytes = payload_bytes_;
  return stats;
}

bool GatewayMonitor::all_ready() const { return !shards_.empty() && std::ranges::all_of(shards_, is_ready); }

void GatewayMonitor::begin(unsigned shards) {
  const std::lock_guard lock(mutex_);
  shards_.resize(shards);
  waiting_reason_.clear();
}

void GatewayMonitor::update(unsigned shard, const GatewayStats::Shard& status) {
  const std::lock_guard lock(mutex_);
  shards_[shard] = status;
  was_ready_ = was_ready_ || all_ready();
  announced_ = announced_ && is_ready(status);
}

bool GatewayMonitor::announce_ready() {
  const std::lock_guard lock(mutex_);
  return all_ready() && !std::exchange(announced_, true);
}

void GatewayMonitor::set_waiting_reason(std::string reason) {
  const std::lock_guard lock(mutex_);
  waiting_reason_ = std::move(reason);
}

bool GatewayMonitor::fail(std::string_view remedy) {
  const std::lock_guard lock(mutex_);
  if (remedy_) return false;
  remedy_ = remedy;
  return true;
}

void GatewayMonitor::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
}

std::optional<std::string> GatewayMonitor::remedy() const {
  const std::lock_guard lock(mutex_);
  return remedy_;
}

GatewayHealth GatewayMonitor::health() const {
  using State = GatewayHealth::State;
  const std::lock_guard lock(mutex_);
  if (remedy_) return {State::failed, *remedy_};
  if (stopped_) return {State::stopped, "The connection to Discord is closed."};
  if (all_ready()) return {State::ready, ""};
  const State state = was_ready_ ? State::degraded : State::starting;
  if (!shards_.empty()) return {state, describe(shards_) + (waiting_reason_.empty() ? "" : " " + waiting_reason_)};
  return {state, waiting_reason_.empty() ? "Connecting to Discord." : waiting_reason_};
}

std::vector<GatewayStats::Shard> GatewayMonitor::shards() const {
  const std::lock_guard lock(mutex_);
  return shards_;
}

bool GatewayMonitor::ready(unsigned shard) const {
  const std::lock_guard lock(mutex_);
  return shard < shards_.size() && is_ready(shards_[shard]);
}

}  // namespace guildhall::discord
