#include "sim/gateway/connection.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "sim/gateway/hub.hpp"
#include "sim/gateway/members_request.hpp"
#include "sim/gateway/ready.hpp"
#include "sim/objects/guild.hpp"

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;
using boost::json::array;
using boost::json::object;

constexpr unsigned api_version = 10;
/// Limit for queued GUILD_CREATEs after READY, so that a slow client gets them as it reads.
constexpr std::size_t max_guild_bytes_queued = 4 * 1024 * 1024;
/// Limit per tick, so that the first are sent and other connections are served meanwhile.
constexpr int guilds_per_tick = 50;
/// A client with more unread data is dropped; its session can be resumed.
constexpr std::size_t max_unsent = 64 * 1024 * 1024;

/// One and a half intervals, but at least 5 s more than one, for busy machines.
std::chrono::milliseconds heartbeat_timeout(std::chrono::milliseconds interval) {
  return interval + std::max(interval / 2, std::chrono::milliseconds(5s));
}

Event dispatch(std::string name, const boost::json::value& data) {
  return {.name = std::move(name), .data = boost::json::serialize(data)};
}

}  // namespace

GatewayConnection::GatewayConnection(GatewayHub& hub, GatewayWire& wire, GatewayAddress address)
    : hub_(hub), wire_(wire), address_(std::move(address)) {
  hub_.join(*this);
  ++hub_.counts.connections;
}

GatewayConnection::~GatewayConnection() {
  end();
  hub_.leave(*this);
}

std::optional<unsigned> GatewayConnection::shard() const {
  if (session_ == nullptr) return std::nullopt;
  return session_->shard().id;
}

void GatewayConnection::open() {
  last_heartbeat_ = hub_.now();
  if (hub_.faults.take(GatewayFault::Kind::silence, {})) {
    silent_ = true;
    return;
  }
  if (address_.version != api_version && address_.version != api_version - 1) {
    return close(GatewayClose::invalid_api_version);
  }
  send(write_payload(GatewayOp::hello, boost::json::serialize(object{
                                           {"heartbeat_interval", hub_.settings.heartbeat_interval.count()},
                                           {"_trace", array{"[\"discord-sim\"]"}},
                                       })));
}

void GatewayConnection::take_text(std::string_view message) {
  if (ended_ || silent_) return;
  if (exceeds_send_limit()) return close(GatewayClose::rate_limited);
  const auto payload = read_payload(message);
  if (!payload) return close(payload.error());
  handle(*payload);
}

bool GatewayConnection::exceeds_send_limit() {
  const auto now = hub_.now();
  if (now >= window_ends_) {
    window_ends_ = now + hub_.settings.sends_period;
    sent_in_window_ = 0;
  }
  return ++sent_in_window_ > hub_.settings.sends;
}

void GatewayConnection::handle(const ClientPayload& payload) {
  switch (payload.op) {
    case GatewayOp::heartbeat:
      if (!payload.data.is_null() && !payload.data.is_number()) return close(GatewayClose::decode_error);
      return acknowledge_heartbeat();
    case GatewayOp::identify:
      if (session_ != nullptr) return close(GatewayClose::already_authenticated);
      return identify(payload.data);
    case GatewayOp::resume:
      if (session_ != nullptr) return close(GatewayClose::already_authenticated);
      return resume(payload.data);
    default:
      if (session_ == nullptr) return close(GatewayClose::not_authenticated);
      return handle_authenticated(payload);
  }
}

void GatewayConnection::handle_authenticated(const ClientPayload& payload) {
  switch (payload.op) {
    case GatewayOp::update_presence:
      if (!payload.data.is_object()) return close(GatewayClose::decode_error);
      session_->presence = payload.data;
      return;
    case GatewayOp::request_guild_members: return request_members(payload.data);
    default: return;  // Voice and soundboards are not simulated.
  }
}

void GatewayConnection::acknowledge_heartbeat() {
  last_heartbeat_ = hub_.now();
  ++hub_.counts.heartbeats;
  if (!hub_.faults.take(GatewayFault::Kind::ignore_heartbeats, shard()))
    send(R"({"t":null,"s":null,"op":11,"d":null})");
}

void GatewayConnection::identify(const boost::json::value& data) {
  const auto identify = read_identify(data);
  const auto refusal = identify ? refusal_of(*identify) : identify.error();
  if (refusal) {
    ++hub_.counts.identifies_refused;
    return close(*refusal);
  }
  switch (hub_.limits.take(identify->shard.id)) {
    case IdentifyLimits::Decision::go: break;
    case IdentifyLimits::Decision::too_fast: ++hub_.counts.identifies_refused; return invalidate(false);
    // Discord resets the token in this case.
    case IdentifyLimits::Decision::exhausted:
      ++hub_.counts.identifies_refused;
      return close(GatewayClose::authentication_failed);
  }
  start_session(*identify);
}

std::optional<GatewayClose> GatewayConnection::refusal_of(const Identify& identify) const {
  const World& world = hub_.world();
  if (identify.token != world.application.bot_token) return GatewayClose::authentication_failed;
  if (!(identify.intents & hub_.settings.disallowed).empty()) return GatewayClose::disallowed_intents;
  const auto guilds = world.guilds_of_bot();
  const auto here =
      std::count_if(guilds.begin(), guilds.end(), [&](const Guild* guild) { return identify.shard.covers(guild->id); });
  if (static_cast<std::size_t>(here) > hub_.settings.guilds_per_shard) return GatewayClose::sharding_required;
  return std::nullopt;
}

void GatewayConnection::start_session(const Identify& identify) {
  ++hub_.counts.identifies;
  if (identify.compress && address_.compression == "none") wire_.enable_payload_compression();
  session_ = &hub_.open_session(identify.shard, identify.intents);
  session_->presence = identify.presence;
  session_->identified_at = hub_.now();
  const bool guild_events = identify.intents.has_any(intent::guilds);
  for (const Guild* guild : hub_.world().guilds_of_bot()) {
    if (guild_events && identify.shard.covers(guild->id)) session_->pending_guilds.push_back(guild->id);
  }
  hub_.send_to(*session_, std::make_shared<Event>(dispatch("READY", ready_data(hub_.world(), *session_, address_))));
  send_guilds();
}

void GatewayConnection::send_guilds() {
  for (int made = 0; made < guilds_per_tick && wire_.unsent() < max_guild_bytes_queued; ++made) {
    if (session_ == nullptr || session_->pending_guilds.empty()) return;
    const GuildId id = session_->pending_guilds.front();
    session_->pending_guilds.pop_front();
    const Guild* guild = hub_.world().find_guild(id);
    if (guild == nullptr || !guild->visible_to_bot()) continue;
    auto event = dispatch("GUILD_CREATE", guild_create_data(hub_.world(), *guild));
    event.guild = id;
    hub_.send_to(*session_, std::make_shared<Event>(std::move(event)));
  }
}

void GatewayConnection::resume(const boost::json::value& data) {
  const auto resume = read_resume(data);
  if (!resume) return close(resume.error());
  if (resume->token != hub_.world().application.bot_token) return close(GatewayClose::authentication_failed);
  GatewaySession* session = hub_.find_session(resume->session_id);
  if (session == nullptr) {
    ++hub_.counts.resumes_refused;
    return invalidate(false);
  }
  if (!session->knows(resume->sequence)) {
    ++hub_.counts.resumes_refused;
    hub_.end_session(*session);
    return close(GatewayClose::invalid_seq);
  }
  const auto missed = session->replay(resume->sequence);
  if (!missed) {
    ++hub_.counts.resumes_refused;
    hub_.end_session(*session);
    return invalidate(false);
  }
  // The client has abandoned its former connection, which may still be open here.
  if (auto* former = hub_.connection_of(*session)) {
    former->forget_session();
    former->drop();
  }
  session_ = session;
  ++session_->resumed;
  ++hub_.counts.resumes;
  for (const auto& payload : *missed) send(payload);
  if (ended_) return;
  hub_.send_to(*session_, std::make_shared<Event>(dispatch("RESUMED", object{{"_trace", array{"[\"discord-sim\"]"}}})));
}

void GatewayConnection::request_members(const boost::json::value& data) {
  auto chunks = members_chunks(hub_.world(), data, session_->intents());
  if (!chunks) return close(chunks.error());
  for (auto& chunk : *chunks) {
    if (ended_) return;
    hub_.send_to(*session_, std::make_shared<Event>(dispatch("GUILD_MEMBERS_CHUNK", chunk)));
  }
}

void GatewayConnection::client_closed(std::uint16_t code) {
  if ((code == 1000 || code == 1001) && session_ != nullptr) session_->resumable = false;
  end();
}

void GatewayConnection::send(std::string_view payload) {
  if (ended_ || silent_) return;
  if (wire_.unsent() > max_unsent) {
    ++hub_.counts.slow_readers;
    return drop();
  }
  TrafficShape shape;
  if (const auto fault = hub_.faults.take(GatewayFault::Kind::delay, shard())) shape.wait = fault->delay;
  if (const auto fault = hub_.faults.take(GatewayFault::Kind::split_frames, shard())) {
    shape.piece = fault->bytes;
    shape.pause = fault->delay;
    shape.tcp = fault->tcp;
  }
  wire_.send(payload, shape);
}

void GatewayConnection::tick() {
  if (ended_) return;
  if (hub_.now() - last_heartbeat_ > heartbeat_timeout(hub_.settings.heartbeat_interval)) {
    return close(GatewayClose::session_timed_out);
  }
  send_guilds();
}

void GatewayConnection::close(std::uint16_t code, std::string_view reason) {
  if (ended_) return;
  ++hub_.counts.closes[code];
  const bool session_over = code == static_cast<std::uint16_t>(GatewayClose::session_timed_out) ||
                            code == static_cast<std::uint16_t>(GatewayClose::invalid_seq);
  if (session_over && session_ != nullptr) session_->resumable = false;
  end();
  wire_.close(code, reason);
}

void GatewayConnection::drop() {
  if (ended_) return;
  end();
  wire_.reset();
}

void GatewayConnection::reconnect() { send(R"({"t":null,"s":null,"op":7,"d":null})"); }

void GatewayConnection::invalidate(bool resumable) {
  if (session_ != nullptr) {
    GatewaySession& session = *std::exchange(session_, nullptr);
    session.disconnected_at = hub_.now();
    if (!resumable) hub_.end_session(session);
  }
  send(write_payload(GatewayOp::invalid_session, resumable ? "true" : "false"));
}

void GatewayConnection::request_heartbeat() { send(R"({"t":null,"s":null,"op":1,"d":null})"); }

/// The session continues without a connection if it is resumable.
void GatewayConnection::end() {
  if (std::exchange(ended_, true)) return;
  if (session_ == nullptr) return;
  GatewaySession& session = *std::exchange(session_, nullptr);
  session.disconnected_at = hub_.now();
  if (!session.resumable) hub_.end_session(session);
}

}  // namespace guildhall::sim
