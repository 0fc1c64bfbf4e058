#include "discord/gateway/counters.hpp"

namespace guildhall::discord {
namespace {

/// Twice as many as Discord has. A peer that makes names up must not fill the memory.
constexpr std::size_t most_names = 128;
constexpr std::string_view any_other = "other";

}  // namespace

void GatewayCounters::count_dispatch(std::string_view name) {
  const std::lock_guard lock(mutex_);
  const auto place = dispatches_.find(name);
  if (place != dispatches_.end()) {
    ++place->second;
  } else {
    ++dispatches_[std::string(dispatches_.size() < most_names ? name : any_other)];
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
  stats.repeated = repeated;
  stats.received_bytes = received_bytes;
  stats.payload_bytes = payload_bytes;
  const std::lock_guard lock(mutex_);
  stats.dispatches = dispatches_;
}

}  // namespace guildhall::discord
