#include "sim/gateway/session.hpp"

#include <utility>

namespace guildhall::sim {

bool GatewaySession::receives(const Event& event) const {
  return shard_.covers(event.guild) && (event.intents.empty() || intents_.has_any(event.intents));
}

std::string_view GatewaySession::data_of(const Event& event) const {
  const bool reduced = !event.data_without_content.empty() && !intents_.has_any(intent::message_content);
  return reduced ? event.data_without_content : event.data;
}

std::string GatewaySession::payload_of(const Event& event, std::uint64_t sequence) const {
  return write_dispatch(event.name, sequence, data_of(event));
}

std::string GatewaySession::take(std::shared_ptr<const Event> event, std::size_t limit) {
  std::string payload = payload_of(*event, ++sequence_);
  kept_bytes_ += data_of(*event).size();
  kept_.push_back(std::move(event));
  while (!kept_.empty() && (kept_.size() > limit || kept_bytes_ > max_bytes)) {
    kept_bytes_ -= data_of(*kept_.front()).size();
    kept_.pop_front();
  }
  return payload;
}

std::optional<std::vector<std::string>> GatewaySession::replay(std::uint64_t after) const {
  const std::uint64_t missed = sequence_ - after;
  if (missed > kept_.size()) return std::nullopt;
  std::vector<std::string> payloads;
  payloads.reserve(missed);
  for (std::uint64_t i = kept_.size() - missed; i < kept_.size(); ++i) {
    payloads.push_back(payload_of(*kept_[i], ++after));
  }
  return payloads;
}

}  // namespace guildhall::sim
