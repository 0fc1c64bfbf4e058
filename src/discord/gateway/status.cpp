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

/// `5.2 s`
std::string to_seconds(std::chrono::milliseconds time) {
  const auto tenths = (time.count() + 99) / 100;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " s";
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

/// Which shard is not ready, and why.
std::string GatewayMonitor::describe() const {
  const auto first = std::ranges::find_if_not(shards_, is_ready);
  const auto index = static_cast<std::size_t>(first - shards_.begin());
  std::string text = "Shard " + std::to_string(index) + " is " + std::string(to_string(first->state));
  if (shards_.size() > 1) {
    const auto ready = std::ranges::count_if(shards_, is_ready);
    text += "; " + std::to_string(ready) + " of " + std::to_string(shards_.size()) + " are ready";
  }
  text += ".";
  const auto& pause = pauses_[index];
  if (!pause.reason.empty()) text += " Its last connection ended: " + pause.reason + ".";
  if (first->state == ShardState::waiting && !pause.reason.empty()) {
    text += " The next attempt follows after " + to_seconds(pause.length) + ".";
  }
  if (!waiting_reason_.empty()) return text + " " + waiting_reason_;
  if (first->state == ShardState::queued)
    text += " Discord allows one new session per 5 seconds; it waits for its turn.";
  return text;
}

void GatewayMonitor::begin(unsigned shards) {
  const std::lock_guard lock(mutex_);
  shards_.resize(shards);
  pauses_.resize(shards);
  waiting_reason_.clear();
}

void GatewayMonitor::update(unsigned shard, const GatewayStats::Shard& status) {
  const std::lock_guard lock(mutex_);
  shards_[shard] = status;
  if (is_ready(status)) pauses_[shard] = {};
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

void GatewayMonitor::set_pause(unsigned shard, std::string_view reason, std::chrono::milliseconds pause) {
  const std::lock_guard lock(mutex_);
  // It becomes part of a sentence.
  if (reason.ends_with('.')) reason.remove_suffix(1);
  pauses_[shard] = {std::string(reason), pause};
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
  if (!shards_.empty()) return {state, describe()};
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
