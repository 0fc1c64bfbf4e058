#include "discord/gateway/status.hpp"

#include <algorithm>
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

void GatewayCounters::count_dispatch(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto found = dispatches_.find(name);
  if (found != dispatches_.end()) {
    ++found->second;
  } else {
    ++dispatches_[std::string(dispatches_.size() < max_names ? name : other)];
  }
}

void GatewayCounters::copy_to(GatewayStats& stats) const {
  stats.connects = connects;
  stats.failed_connects = failed_connects;
  stats.disconnects = disconnects;
  stats.identifies = identifies;
  stats.resumes = resumes;
  stats.heartbeats = heartbeats;
  stats.sent = sent;
  stats.duplicates = duplicates;
  stats.received_bytes = received_bytes;
  stats.payload_bytes = payload_bytes;
  const std::lock_guard lock(mutex_);
  stats.dispatches = dispatches_;
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
