#include "discord/gateway/monitor.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::discord {
namespace {

std::string sentence_about(const std::vector<GatewayStats::Shard>& shards) {
  const auto is_ready = [](const GatewayStats::Shard& shard) { return shard.state == ShardState::ready; };
  const auto first = std::find_if_not(shards.begin(), shards.end(), is_ready);
  const auto ready = std::count_if(shards.begin(), shards.end(), is_ready);
  std::string text = "Shard " + std::to_string(first - shards.begin()) + " is " + std::string(to_string(first->state));
  if (shards.size() > 1) text += "; " + std::to_string(ready) + " of " + std::to_string(shards.size()) + " are ready";
  return text + ".";
}

}  // namespace

void GatewayMonitor::begin(unsigned shards) {
  const std::lock_guard lock(mutex_);
  shards_.resize(shards);
  notice_.clear();
}

void GatewayMonitor::set(unsigned shard, const GatewayStats::Shard& how) {
  const std::lock_guard lock(mutex_);
  shards_[shard] = how;
  was_ready_ = was_ready_ || std::all_of(shards_.begin(), shards_.end(), [](const GatewayStats::Shard& each) {
                 return each.state == ShardState::ready;
               });
}

void GatewayMonitor::wait_for(std::string notice) {
  const std::lock_guard lock(mutex_);
  notice_ = std::move(notice);
}

void GatewayMonitor::fail(std::string advice) {
  const std::lock_guard lock(mutex_);
  if (!advice_) advice_ = std::move(advice);
}

void GatewayMonitor::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
}

GatewayHealth GatewayMonitor::health() const {
  using State = GatewayHealth::State;
  const std::lock_guard lock(mutex_);
  if (advice_) return {State::failed, *advice_};
  if (stopped_) return {State::stopped, "The connection to Discord is closed."};
  const State not_ready = was_ready_ ? State::degraded : State::starting;
  if (shards_.empty()) return {not_ready, notice_.empty() ? "The connection to Discord is being made." : notice_};
  const bool all = std::all_of(shards_.begin(), shards_.end(),
                               [](const GatewayStats::Shard& each) { return each.state == ShardState::ready; });
  if (all) return {State::ready, ""};
  return {not_ready, sentence_about(shards_) + (notice_.empty() ? "" : " " + notice_)};
}

std::vector<GatewayStats::Shard> GatewayMonitor::shards() const {
  const std::lock_guard lock(mutex_);
  return shards_;
}

bool GatewayMonitor::ready(unsigned shard) const {
  const std::lock_guard lock(mutex_);
  return shard < shards_.size() && shards_[shard].state == ShardState::ready;
}

}  // namespace guildhall::discord
