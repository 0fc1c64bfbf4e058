#include "sim/gateway/flood.hpp"

#include <algorithm>
#include <utility>

#include "sim/gateway/hub.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_under_way = 16;
constexpr std::size_t max_remembered = 64;
/// So that what has been made leaves before it has left the processor's caches, and others get their turn.
constexpr std::uint64_t max_at_once = 1000;

std::string fill(const std::string& model, std::uint64_t number, std::uint64_t id) {
  std::string text;
  text.reserve(model.size() + 32);
  std::size_t begin = 0;
  for (std::size_t at = model.find('{'); at != std::string::npos; at = model.find('{', at + 1)) {
    const bool is_number = model.compare(at, 3, "{n}") == 0;
    if (!is_number && model.compare(at, 4, "{id}") != 0) continue;
    text.append(model, begin, at - begin).append(std::to_string(is_number ? number : id));
    begin = at + (is_number ? 3 : 4);
  }
  return text.append(model, begin);
}

/// How many more may be sent now.
std::uint64_t due(const Flood& flood, base::Timestamp now) {
  const std::uint64_t left = flood.count - flood.sent;
  if (flood.rate <= 0) return std::min(left, max_at_once);
  const double seconds = std::chrono::duration<double>(now - flood.began).count();
  const auto by_now = static_cast<std::uint64_t>(seconds * flood.rate) + 1;
  return std::min({left, max_at_once, by_now - std::min(by_now, flood.sent)});
}

bool is_of(const Flood& flood, MessageId message) {
  return message.value() >= flood.first_id && message.value() - flood.first_id < flood.sent;
}

void send_next(GatewayHub& hub, Flood& flood) {
  const Event& model = flood.models[flood.sent % flood.models.size()];
  const std::uint64_t number = flood.sent + 1;
  const std::uint64_t id = flood.first_id + flood.sent;
  Event event{.name = model.name, .intents = model.intents, .guild = model.guild};
  event.data = fill(model.data, number, id);
  if (!model.data_without_content.empty() && hub.hides_content()) {
    event.data_without_content = fill(model.data_without_content, number, id);
  }
  ++flood.sent;
  flood.answers.sent(std::chrono::steady_clock::now());
  hub.publish(std::move(event));
}

}  // namespace

base::Result<Flood> Floods::add(Flood flood, base::Timestamp now) {
  const auto running =
      std::count_if(floods_.begin(), floods_.end(), [](const Flood& one) { return one.sent < one.count; });
  if (static_cast<std::size_t>(running) >= max_under_way) {
    return base::Error{base::Errc::too_large, "There are 16 floods under way already.", {}, {}};
  }
  if (floods_.size() >= max_remembered) {
    floods_.erase(std::find_if(floods_.begin(), floods_.end(), [](const Flood& one) { return one.sent == one.count; }));
  }
  flood.id = ++last_id_;
  flood.began = now;
  return floods_.emplace_back(std::move(flood));
}

void Floods::tick(GatewayHub& hub) {
  for (Flood& flood : floods_) {
    if (flood.sent == flood.count) continue;
    for (auto left = due(flood, hub.now()); left > 0 && !hub.has_slow_reader(); --left) send_next(hub, flood);
    if (flood.sent == flood.count) flood.ended = hub.now();
  }
}

bool Floods::in_flight() const {
  return std::any_of(floods_.begin(), floods_.end(), [](const Flood& flood) { return flood.sent < flood.count; });
}

bool Floods::has_sent(MessageId message) const {
  return std::any_of(floods_.begin(), floods_.end(), [message](const Flood& flood) { return is_of(flood, message); });
}

void Floods::answered(MessageId message, AnswerTimes::Time now) {
  for (Flood& flood : floods_) {
    if (is_of(flood, message)) flood.answers.answered(message.value() - flood.first_id, now);
  }
}

}  // namespace guildhall::sim
