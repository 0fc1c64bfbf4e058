#include "discord/metrics.hpp"

#include "discord/cache/guild_cache.hpp"
#include "discord/gateway/gateway.hpp"
#include "discord/rest/client.hpp"

namespace guildhall::discord {

using base::counter;
using base::gauge;

base::MetricFamilies metrics(const RestClient& rest) {
  const auto stats = rest.stats();
  auto requests = counter("discord_requests_total", "Requests to Discord, by method, route and outcome.");
  for (const auto& each : stats.answers) {
    requests.add(each.count, {{"method", std::string(net::to_string(each.method))},
                              {"route", std::string(each.route)},
                              {"outcome", std::string(each.outcome)}});
  }
  return {
      std::move(requests),
      counter("discord_rate_limited_total", "Discord's responses with status 429, by scope.")
          .add(stats.limited_user, {{"scope", "user"}})
          .add(stats.limited_global, {{"scope", "global"}})
          .add(stats.limited_shared, {{"scope", "shared"}}),
      counter("discord_waited_seconds_total", "Time that requests to Discord waited before they were sent.",
              stats.waited),
      counter("discord_retries_total", "Requests to Discord that were repeated after a failure.", stats.retries),
      counter("discord_waits_total", "Requests to Discord that had to wait for a rate limit.", stats.waits),
      counter("discord_given_up_total", "Requests refused without asking Discord.", stats.given_up),
      gauge("discord_queue_length", "Requests to Discord that wait to be sent.", stats.queue_length),
      gauge("discord_queue_bytes", "Memory used by the bodies of requests to Discord that wait to be sent.",
            stats.queue_bytes),
      gauge("discord_requests_in_flight", "Requests to Discord without a response so far.", stats.in_flight),
      gauge("discord_invalid_requests",
            "Discord's responses 401, 403 and 429 within ten minutes; Discord bans at 10,000.", stats.invalid_requests),
      gauge("discord_buckets", "Known rate limit buckets of Discord.", stats.buckets)};
}

base::MetricFamilies metrics(const Gateway& gateway) {
  const auto stats = gateway.stats();
  auto states = gauge("gateway_shard_state", "1 for the state that the shard is in.");
  auto latency =
      gauge("gateway_heartbeat_latency_seconds", "Time from the shard's last heartbeat to its acknowledgement.");
  for (std::size_t id = 0; id < stats.shards.size(); ++id) {
    const auto& shard = stats.shards[id];
    states.add(1, {{"shard", std::to_string(id)}, {"state", std::string(to_string(shard.state))}});
    if (shard.latency) latency.add(*shard.latency, {{"shard", std::to_string(id)}});
  }
  auto events = counter("gateway_events_total", "Gateway events, by name.");
  for (const auto& [name, count] : stats.dispatches) events.add(count, {{"event", name}});
  return {
      counter("gateway_connects_total", "Gateway connections that were opened.", stats.connects),
      counter("gateway_failed_connects_total", "Gateway connections that could not be opened.", stats.failed_connects),
      counter("gateway_disconnects_total", "Gateway connections that ended.", stats.disconnects),
      counter("gateway_identifies_total", "IDENTIFYs that were sent, each for a new gateway session.",
              stats.identifies),
      counter("gateway_resumes_total", "RESUMEs that were sent.", stats.resumes),
      counter("gateway_heartbeats_total", "Gateway heartbeats that were sent.", stats.heartbeats),
      counter("gateway_sent_total", "Gateway payloads that were sent.", stats.sent),
      counter("gateway_repeated_total", "Gateway events dropped because they had been received before.",
              stats.duplicates),
      counter("gateway_received_bytes_total", "Bytes received from the gateway, compressed.", stats.received_bytes),
      counter("gateway_payload_bytes_total", "Bytes received from the gateway, decompressed.", stats.payload_bytes),
      gauge("gateway_session_starts_24h", "Gateway sessions started within 24 hours; Discord allows 1,000 and more.",
            stats.session_starts_24h),
      std::move(states),
      std::move(latency),
      std::move(events)};
}

base::MetricFamilies metrics(const GuildCache& cache) {
  return {gauge("bot_guilds", "Guilds that the bot is in, according to the gateway.", cache.size())};
}

}  // namespace guildhall::discord
