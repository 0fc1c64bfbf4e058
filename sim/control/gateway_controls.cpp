#include "sim/control/gateway_controls.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "sim/answers.hpp"
#include "sim/gateway/hub.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;
using std::chrono::milliseconds;

constexpr std::int64_t day_ms = 24 * 3600 * 1000;

unsigned read_count(ObjectReader& reader, std::string_view name, std::int64_t min, std::int64_t max) {
  return static_cast<unsigned>(reader.integer(name, min, max));
}

milliseconds read_time(ObjectReader& reader, std::string_view name, std::int64_t min = 0) {
  return milliseconds(reader.integer(name, min, day_ms));
}

object to_json(const GatewayHub& hub, const GatewaySession& session) {
  const auto* connection = hub.connection_of(session);
  object json{
      {"id", session.id()},
      {"shard", session.shard().id},
      {"shards", session.shard().count},
      {"intents", session.intents().bits},
      {"connected", connection != nullptr},
      {"compress", nullptr},
      {"sequence", session.sequence()},
      {"identified", base::to_iso8601(session.identified_at)},
      {"resumed", session.resumed},
      {"presence", session.presence},
      {"guildsToCome", session.pending_guilds.size()},
  };
  if (connection != nullptr) json["compress"] = connection->address().compression;
  return json;
}

object to_json(const GatewayFault& fault) {
  object json{{"id", std::to_string(fault.id)}, {"action", to_string(fault.kind)}};
  if (fault.shard) json["shard"] = *fault.shard;
  if (fault.remaining) json["count"] = *fault.remaining;
  if (fault.until) json["until"] = base::to_iso8601(*fault.until);
  return json;
}

object to_json(const GatewayCounts& counts) {
  object closes;
  for (const auto& [code, count] : counts.closes) closes[std::to_string(code)] = count;
  return {
      {"connections", counts.connections},  {"refused", counts.refused},
      {"identifies", counts.identifies},    {"identifiesRefused", counts.identifies_refused},
      {"resumes", counts.resumes},          {"resumesRefused", counts.resumes_refused},
      {"heartbeats", counts.heartbeats},    {"events", counts.events},
      {"slowReaders", counts.slow_readers}, {"closes", std::move(closes)},
  };
}

object settings_json(const GatewayHub& hub) {
  const GatewaySettings& settings = hub.settings;
  array disallowed;
  for (const auto name : privileged_intent_names(settings.disallowed)) disallowed.emplace_back(name);
  return {
      {"shards", settings.shards},
      {"maxConcurrency", settings.max_concurrency},
      {"identifyPeriod", settings.identify_period.count()},
      {"sessionStartLimit",
       {{"total", settings.start_total},
        {"remaining", hub.limits.remaining()},
        {"resetAfter", hub.limits.reset_after().count()}}},
      {"heartbeatInterval", settings.heartbeat_interval.count()},
      {"disallowedIntents", std::move(disallowed)},
      {"eventsKept", settings.events_kept},
      {"guildsPerShard", settings.guilds_per_shard},
      {"sessionLifetime", settings.session_lifetime.count()},
  };
}

void read_start_limit(ObjectReader reader, GatewayHub& hub) {
  if (reader.has("total")) hub.settings.start_total = read_count(reader, "total", 1, 1'000'000);
  std::optional<milliseconds> reset_after;
  if (reader.has("resetAfter")) reset_after = read_time(reader, "resetAfter");
  const unsigned remaining =
      reader.has("remaining") ? read_count(reader, "remaining", 0, 1'000'000) : hub.limits.remaining();
  reader.finish();
  hub.limits.set_remaining(remaining, reset_after);
}

Intents read_disallowed(ObjectReader& reader) {
  Intents disallowed;
  for (const auto& item : reader.array("disallowedIntents")) {
    const auto* name = item.if_string();
    const auto bits = name == nullptr ? std::nullopt : parse_privileged_intent(*name);
    if (!bits) reader.fail("disallowedIntents", "This must be GUILD_MEMBERS, GUILD_PRESENCES or MESSAGE_CONTENT.");
    disallowed = disallowed | *bits;
  }
  return disallowed;
}

object hit(unsigned connections) { return {{"connections", connections}}; }

/// Calls `act` for each connection, or those of one shard.
template <class Act>
object on_connections(GatewayHub& hub, std::optional<unsigned> shard, Act act) {
  unsigned count = 0;
  for (GatewayConnection* connection : hub.connections()) {
    if (shard && connection->shard() != shard) continue;
    act(*connection);
    ++count;
  }
  return hit(count);
}

/// Actions that are performed once; nothing if `action` is none of these.
std::optional<object> apply_once(GatewayHub& hub, std::string_view action, std::optional<unsigned> shard,
                                 ObjectReader& reader) {
  if (action == "drop") return on_connections(hub, shard, [](GatewayConnection& one) { one.drop(); });
  if (action == "close") {
    const auto code = static_cast<std::uint16_t>(reader.integer("code", 1000, 4999));
    if (code < 3000 && code != 1000 && code != 1001) reader.fail("code", "Close with 1000, 1001 or 3000 to 4999.");
    return on_connections(
        hub, shard, [code](GatewayConnection& one) { one.close(code, reason_of(static_cast<GatewayClose>(code))); });
  }
  if (action == "reconnect") return on_connections(hub, shard, [](GatewayConnection& one) { one.reconnect(); });
  if (action == "invalidSession") {
    const bool resumable = reader.has("resumable") && reader.boolean("resumable");
    return on_connections(hub, shard, [resumable](GatewayConnection& one) { one.invalidate(resumable); });
  }
  if (action == "requestHeartbeat") {
    return on_connections(hub, shard, [](GatewayConnection& one) { one.request_heartbeat(); });
  }
  if (action == "forgetSessions") {
    hub.forget_sessions();
    return hit(0);
  }
  return std::nullopt;
}

GatewayFault read_gateway_fault(ObjectReader& reader, GatewayFault::Kind kind, base::Timestamp now) {
  GatewayFault fault{.kind = kind};
  const bool of_attempts = kind == GatewayFault::Kind::refuse_connections || kind == GatewayFault::Kind::silence;
  if (of_attempts) fault.remaining = 1;
  if (reader.has("count")) fault.remaining = read_count(reader, "count", 1, 1'000'000);
  if (reader.has("forMs")) fault.until = now + read_time(reader, "forMs", 1);
  if (kind == GatewayFault::Kind::refuse_connections && reader.has("status")) {
    fault.status = read_count(reader, "status", 400, 599);
  }
  if (kind == GatewayFault::Kind::delay) fault.delay = milliseconds(reader.integer("ms", 1, 600'000));
  if (kind == GatewayFault::Kind::split_frames) {
    fault.bytes = static_cast<std::size_t>(reader.integer("bytes", 1, 1024 * 1024));
    if (reader.has("delayMs")) fault.delay = milliseconds(reader.integer("delayMs", 0, 60'000));
    if (reader.has("tcp")) fault.tcp = reader.boolean("tcp");
  }
  return fault;
}

}  // namespace

net::Response show_gateway(const ControlCall& call) {
  GatewayHub& hub = call.sim.gateway;
  array sessions;
  for (const auto& [id, session] : hub.sessions()) sessions.push_back(to_json(hub, *session));
  array faults;
  for (const GatewayFault& fault : hub.faults.in_force()) faults.push_back(to_json(fault));
  return json_answer(200, {
                              {"sessions", std::move(sessions)},
                              {"connections", hub.connections().size()},
                              {"counts", to_json(hub.counts)},
                              {"harm", std::move(faults)},
                              {"settings", settings_json(hub)},
                          });
}

net::Response change_gateway(const ControlCall& call) {
  GatewayHub& hub = call.sim.gateway;
  GatewaySettings settings = hub.settings;
  const auto body = call.json();
  ObjectReader reader(body, "");
  if (reader.has("shards")) settings.shards = read_count(reader, "shards", 1, 1024);
  if (reader.has("maxConcurrency")) settings.max_concurrency = read_count(reader, "maxConcurrency", 1, 1024);
  if (reader.has("identifyPeriod")) settings.identify_period = read_time(reader, "identifyPeriod");
  if (reader.has("heartbeatInterval")) settings.heartbeat_interval = read_time(reader, "heartbeatInterval", 10);
  if (reader.has("disallowedIntents")) settings.disallowed = read_disallowed(reader);
  if (reader.has("eventsKept")) settings.events_kept = read_count(reader, "eventsKept", 0, 1'000'000);
  if (reader.has("guildsPerShard")) settings.guilds_per_shard = read_count(reader, "guildsPerShard", 1, 1'000'000);
  if (reader.has("sessionLifetime")) settings.session_lifetime = read_time(reader, "sessionLifetime", 1);
  const bool has_limit = reader.has("sessionStartLimit");
  reader.finish();
  hub.settings = settings;
  if (has_limit) read_start_limit(reader.object("sessionStartLimit"), hub);
  return json_answer(200, settings_json(hub));
}

net::Response add_gateway_fault(const ControlCall& call) {
  GatewayHub& hub = call.sim.gateway;
  const auto body = call.json();
  ObjectReader reader(body, "");
  const std::string action = reader.text("action", 1, 32);
  std::optional<unsigned> shard;
  if (reader.has("shard")) shard = read_count(reader, "shard", 0, 65'535);
  if (const auto kind = parse_gateway_fault(action)) {
    GatewayFault fault = read_gateway_fault(reader, *kind, hub.now());
    fault.shard = shard;
    reader.finish();
    const auto added = hub.faults.add(fault);
    if (!added) throw base::ErrorException(added.error());
    return json_answer(201, to_json(*added));
  }
  const auto done = apply_once(hub, action, shard, reader);
  if (!done) reader.fail("action", "There is no such action.");
  reader.finish();
  return json_answer(200, *done);
}

net::Response clear_gateway_faults(const ControlCall& call) {
  call.sim.gateway.faults.clear();
  return no_content();
}

net::Response send_event(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  std::string name = reader.text("name", 1, 64);
  const boost::json::value data = reader.has("data") ? reader.value("data") : object();
  std::optional<GuildId> guild;
  if (reader.has("guildId")) guild = reader.id<GuildId>("guildId");
  reader.finish();
  call.sim.feed.raw(std::move(name), data, guild);
  return no_content();
}

}  // namespace guildhall::sim
