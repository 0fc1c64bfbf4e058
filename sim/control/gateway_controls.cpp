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
      {"guildsToCome", session.guilds_to_come.size()},
  };
  if (connection != nullptr) json["compress"] = connection->address().compression;
  return json;
}

object to_json(const Harm& harm) {
  object json{{"id", std::to_string(harm.id)}, {"action", to_string(harm.kind)}};
  if (harm.shard) json["shard"] = *harm.shard;
  if (harm.remaining) json["count"] = *harm.remaining;
  if (harm.until) json["until"] = base::to_iso8601(*harm.until);
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

/// Calls `act` on each connection, or on those of one shard.
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

/// What happens once and at once; nothing where `action` is none of these.
std::optional<object> harm_now(GatewayHub& hub, std::string_view action, std::optional<unsigned> shard,
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

Harm read_harm(ObjectReader& reader, Harm::Kind kind, base::Timestamp now) {
  Harm harm{.kind = kind};
  const bool of_attempts = kind == Harm::Kind::refuse_connections || kind == Harm::Kind::silence;
  if (of_attempts) harm.remaining = 1;
  if (reader.has("count")) harm.remaining = read_count(reader, "count", 1, 1'000'000);
  if (reader.has("forMs")) harm.until = now + read_time(reader, "forMs", 1);
  if (kind == Harm::Kind::refuse_connections && reader.has("status")) {
    harm.status = read_count(reader, "status", 400, 599);
  }
  if (kind == Harm::Kind::delay) harm.delay = milliseconds(reader.integer("ms", 1, 600'000));
  if (kind == Harm::Kind::split_frames) {
    harm.bytes = static_cast<std::size_t>(reader.integer("bytes", 1, 1024 * 1024));
    if (reader.has("delayMs")) harm.delay = milliseconds(reader.integer("delayMs", 0, 60'000));
    if (reader.has("tcp")) harm.tcp = reader.boolean("tcp");
  }
  return harm;
}

}  // namespace

net::Response show_gateway(const ControlCall& call) {
  GatewayHub& hub = call.sim.gateway;
  array sessions;
  for (const auto& [id, session] : hub.sessions()) sessions.push_back(to_json(hub, *session));
  array harms;
  for (const Harm& harm : hub.harm.in_force()) harms.push_back(to_json(harm));
  return json_answer(200, {
                              {"sessions", std::move(sessions)},
                              {"connections", hub.connections().size()},
                              {"counts", to_json(hub.counts)},
                              {"harm", std::move(harms)},
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

net::Response do_harm(const ControlCall& call) {
  GatewayHub& hub = call.sim.gateway;
  const auto body = call.json();
  ObjectReader reader(body, "");
  const std::string action = reader.text("action", 1, 32);
  std::optional<unsigned> shard;
  if (reader.has("shard")) shard = read_count(reader, "shard", 0, 65'535);
  if (const auto kind = parse_harm(action)) {
    Harm harm = read_harm(reader, *kind, hub.now());
    harm.shard = shard;
    reader.finish();
    const auto added = hub.harm.add(harm);
    if (!added) throw base::ErrorException(added.error());
    return json_answer(201, to_json(*added));
  }
  const auto done = harm_now(hub, action, shard, reader);
  if (!done) reader.fail("action", "There is no such harm.");
  reader.finish();
  return json_answer(200, *done);
}

net::Response clear_harm(const ControlCall& call) {
  call.sim.gateway.harm.clear();
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
