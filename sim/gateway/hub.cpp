#include "sim/gateway/hub.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/random.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_sessions = 1000;
/// A flood pauses while a connection has more than this queued.
constexpr std::size_t max_flood_bytes_queued = 1024 * 1024;

}  // namespace

void GatewayHub::publish(Event event) {
  if (sessions_.empty()) return;
  const auto shared = std::make_shared<const Event>(std::move(event));
  // Sending can end a connection, and with it a session.
  std::vector<GatewaySession*> receivers;
  for (const auto& [id, session] : sessions_) {
    if (session->receives(*shared)) receivers.push_back(session.get());
  }
  for (GatewaySession* session : receivers) send_to(*session, shared);
}

void GatewayHub::send_to(GatewaySession& session, std::shared_ptr<const Event> event) {
  ++counts.events;
  const std::string payload = session.take(std::move(event), settings.events_kept);
  if (auto* connection = connection_of(session)) connection->send(payload);
}

GatewaySession& GatewayHub::open_session(Shard shard, Intents intents) {
  if (sessions_.size() >= max_sessions) {
    const auto oldest = std::min_element(sessions_.begin(), sessions_.end(), [this](const auto& a, const auto& b) {
      const bool a_connected = connection_of(*a.second) != nullptr;
      const bool b_connected = connection_of(*b.second) != nullptr;
      if (a_connected != b_connected) return b_connected;
      return a.second->disconnected_at < b.second->disconnected_at;
    });
    end_session(*oldest->second);
  }
  std::string id = base::random_hex(16);
  auto session = std::make_unique<GatewaySession>(id, shard, intents);
  return *sessions_.emplace(std::move(id), std::move(session)).first->second;
}

GatewaySession* GatewayHub::find_session(std::string_view id) {
  const auto found = sessions_.find(id);
  return found == sessions_.end() || !found->second->resumable ? nullptr : found->second.get();
}

void GatewayHub::end_session(const GatewaySession& session) {
  if (auto* connection = connection_of(session)) connection->forget_session();
  sessions_.erase(std::string(session.id()));
}

void GatewayHub::forget_sessions() {
  std::erase_if(sessions_, [this](const auto& entry) { return connection_of(*entry.second) == nullptr; });
  for (const auto& [id, session] : sessions_) session->resumable = false;
}

std::vector<GatewayConnection*> GatewayHub::connections() const {
  std::vector<GatewayConnection*> open;
  std::copy_if(connections_.begin(), connections_.end(), std::back_inserter(open),
               [](const GatewayConnection* connection) { return connection->is_open(); });
  return open;
}

GatewayConnection* GatewayHub::connection_of(const GatewaySession& session) const {
  const auto found = std::find_if(connections_.begin(), connections_.end(), [&](const GatewayConnection* connection) {
    return connection->session() == &session;
  });
  return found == connections_.end() ? nullptr : *found;
}

bool GatewayHub::hides_content() const {
  return std::any_of(sessions_.begin(), sessions_.end(),
                     [](const auto& entry) { return !entry.second->intents().has_any(intent::message_content); });
}

bool GatewayHub::has_slow_reader() const {
  return std::any_of(connections_.begin(), connections_.end(), [](const GatewayConnection* connection) {
    return connection->is_open() && connection->unsent() > max_flood_bytes_queued;
  });
}

void GatewayHub::tick() {
  for (GatewayConnection* connection : connections()) connection->tick();
  floods.tick(*this);
  const auto oldest = now() - settings.session_lifetime;
  std::erase_if(sessions_, [&](const auto& entry) {
    return entry.second->disconnected_at < oldest && connection_of(*entry.second) == nullptr;
  });
}

bool GatewayHub::busy() const {
  return floods.in_flight() || std::any_of(connections_.begin(), connections_.end(), [](const auto* connection) {
           return connection->session() != nullptr && !connection->session()->pending_guilds.empty();
         });
}

void GatewayHub::reset() {
  faults.clear();
  floods.clear();
  for (GatewayConnection* connection : connections()) connection->drop();
  sessions_.clear();
  settings = GatewaySettings();
  limits.reset();
  counts = {};
}

}  // namespace guildhall::sim
