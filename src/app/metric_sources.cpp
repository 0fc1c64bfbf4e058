#include "app/metric_sources.hpp"

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <functional>
#include <string>
#include <vector>

#include "app/bot_module.hpp"
#include "app/database_module.hpp"
#include "app/server_module.hpp"
#include "logger/log_queue.hpp"
#include "vm/script_host.hpp"

namespace guildhall::app {
namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

/// Asks a function each time.
class Source final : public prometheus::Collectable {
 public:
  explicit Source(std::function<std::vector<MetricFamily>()> collect) : collect_(std::move(collect)) {}
  [[nodiscard]] std::vector<MetricFamily> Collect() const override { return collect_(); }

 private:
  std::function<std::vector<MetricFamily>()> collect_;
};

MetricFamily family(std::string name, std::string help, MetricType type) {
  MetricFamily result;
  result.name = std::move(name);
  result.help = std::move(help);
  result.type = type;
  return result;
}

void add(MetricFamily& to, double value, std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  (to.type == MetricType::Gauge ? metric.gauge.value : metric.counter.value) = value;
  to.metric.push_back(std::move(metric));
}

MetricFamily counter(std::string name, std::string help, std::uint64_t value) {
  auto result = family(std::move(name), std::move(help), MetricType::Counter);
  add(result, static_cast<double>(value));
  return result;
}

MetricFamily gauge(std::string name, std::string help, std::size_t value) {
  auto result = family(std::move(name), std::move(help), MetricType::Gauge);
  add(result, static_cast<double>(value));
  return result;
}

std::vector<MetricFamily> cache_families(const DatabaseModule& side) {
  auto asked = family("database_cache_lookups_total", "Lookups in caches of rows.", MetricType::Counter);
  auto entries = family("database_cache_entries", "Rows in caches.", MetricType::Gauge);
  const auto add_cache = [&](const char* name, const database::CacheCounters& counters) {
    add(asked, static_cast<double>(counters.hits), {{"cache", name}, {"outcome", "hit"}});
    add(asked, static_cast<double>(counters.misses), {{"cache", name}, {"outcome", "miss"}});
    add(entries, static_cast<double>(counters.entries), {{"cache", name}});
  };
  add_cache("users", side.users.cache_counters());
  add_cache("guilds", side.guilds.cache_counters());
  add_cache("commands", side.commands.cache_counters());
  return {std::move(asked), std::move(entries)};
}

std::vector<MetricFamily> database_families(const DatabaseModule& side) {
  const auto counters = side.database->counters();
  auto families = cache_families(side);
  families.push_back(counter("database_reads_total", "Read jobs that were run.", counters.reads));
  families.push_back(counter("database_writes_total", "Write jobs that were run.", counters.writes));
  families.push_back(counter("database_commits_total", "Transactions that wrote.", counters.commits));
  families.push_back(counter("database_failed_commits_total", "Transactions that failed.", counters.failed_commits));
  families.push_back(counter("database_refused_total", "Jobs refused as a queue was full.", counters.refused));
  families.push_back(counter("database_given_up_total", "Jobs whose caller stopped waiting.", counters.given_up));
  families.push_back(counter("database_feed_polls_total", "Polls of the change feed.", counters.feed_polls));
  families.push_back(counter("database_feed_failures_total", "Failed polls of the feed.", counters.feed_failures));
  auto waiting = family("database_queue_length", "Jobs that wait for a connection.", MetricType::Gauge);
  add(waiting, static_cast<double>(counters.reads_waiting), {{"queue", "read"}});
  add(waiting, static_cast<double>(counters.writes_waiting), {{"queue", "write"}});
  families.push_back(std::move(waiting));
  return families;
}

std::vector<MetricFamily> server_families(const ServerModule& side) {
  const auto stats = side.http.stats();
  const auto sockets = side.sockets.stats();
  return {gauge("http_connections", "Connections that are open.", stats.connections),
          counter("http_accepted_total", "Connections that were accepted.", stats.accepted),
          counter("http_refused_total", "Connections refused as there were too many.", stats.refused),
          counter("http_malformed_total", "Requests refused before a route was looked for.", stats.malformed),
          gauge("socketio_connections", "Engine.IO sessions that are open.", sockets.connections.sockets),
          gauge("socketio_websockets", "Those of them that use WebSocket.", sockets.connections.websockets),
          gauge("socketio_sockets", "Socket.IO sockets that are connected.", sockets.sockets)};
}

std::vector<MetricFamily> log_families(const logger::LogQueue& queue) {
  const auto stats = queue.stats();
  return {gauge("log_rows_waiting", "Log rows that wait for the database.", stats.rows),
          gauge("log_bytes_waiting", "What they take in memory.", stats.bytes),
          counter("log_rows_lost_total", "Log rows that were lost, as too many waited.", stats.lost)};
}

std::vector<MetricFamily> rest_families(const discord::RestClient& rest) {
  const auto stats = rest.stats();
  auto answers =
      family("discord_requests_total", "Requests to Discord by how they were answered.", MetricType::Counter);
  for (const auto& each : stats.answers) {
    add(answers, static_cast<double>(each.count),
        {{"method", std::string(net::to_string(each.method))},
         {"route", std::string(each.route)},
         {"outcome", std::string(each.outcome)}});
  }
  auto limited = family("discord_rate_limited_total", "Answers with status 429, by scope.", MetricType::Counter);
  add(limited, static_cast<double>(stats.limited_user), {{"scope", "user"}});
  add(limited, static_cast<double>(stats.limited_global), {{"scope", "global"}});
  add(limited, static_cast<double>(stats.limited_shared), {{"scope", "shared"}});
  auto waited =
      family("discord_waited_seconds_total", "How long requests waited before they were sent.", MetricType::Counter);
  add(waited, std::chrono::duration<double>(stats.waited).count());
  return {std::move(answers),
          std::move(limited),
          std::move(waited),
          counter("discord_retries_total", "Attempts after one that failed.", stats.retries),
          counter("discord_waits_total", "Requests that could not be sent at once.", stats.waits),
          counter("discord_given_up_total", "Requests refused without asking Discord.", stats.given_up),
          gauge("discord_queue_length", "Requests that wait to be sent.", stats.queue_length),
          gauge("discord_queue_bytes", "What their bodies take in memory.", stats.queue_bytes),
          gauge("discord_requests_in_flight", "Requests without an answer so far.", stats.in_flight),
          gauge("discord_invalid_requests", "Answers 401, 403 and 429 within ten minutes; Discord bans at 10,000.",
                stats.invalid_requests),
          gauge("discord_buckets", "Rate limits that are known.", stats.buckets)};
}

void add_shards(std::vector<MetricFamily>& families, const discord::GatewayStats& stats) {
  auto states = family("gateway_shard_state", "1 for the state that the shard is in.", MetricType::Gauge);
  auto latency = family("gateway_heartbeat_latency_seconds", "From heartbeat to acknowledgement.", MetricType::Gauge);
  for (std::size_t id = 0; id < stats.shards.size(); ++id) {
    const auto& shard = stats.shards[id];
    add(states, 1, {{"shard", std::to_string(id)}, {"state", std::string(discord::to_string(shard.state))}});
    if (shard.latency)
      add(latency, std::chrono::duration<double>(*shard.latency).count(), {{"shard", std::to_string(id)}});
  }
  families.push_back(std::move(states));
  families.push_back(std::move(latency));
  auto events = family("gateway_events_total", "Dispatches, by name.", MetricType::Counter);
  for (const auto& [name, count] : stats.dispatches) add(events, static_cast<double>(count), {{"event", name}});
  families.push_back(std::move(events));
}

std::vector<MetricFamily> gateway_families(const discord::Gateway& gateway) {
  const auto stats = gateway.stats();
  std::vector<MetricFamily> families{
      counter("gateway_connects_total", "Connections that were opened.", stats.connects),
      counter("gateway_failed_connects_total", "Connections that could not be opened.", stats.failed_connects),
      counter("gateway_disconnects_total", "Connections that ended.", stats.disconnects),
      counter("gateway_identifies_total", "Sessions that were asked for.", stats.identifies),
      counter("gateway_resumes_total", "Sessions that were asked to go on.", stats.resumes),
      counter("gateway_heartbeats_total", "Heartbeats that were sent.", stats.heartbeats),
      counter("gateway_sent_total", "Payloads that were sent.", stats.sent),
      counter("gateway_repeated_total", "Events dropped since they had come before.", stats.duplicates),
      counter("gateway_received_bytes_total", "Bytes that came, compressed.", stats.received_bytes),
      counter("gateway_payload_bytes_total", "The same, decompressed.", stats.payload_bytes),
      gauge("gateway_session_starts_24h", "Sessions started within 24 hours; Discord allows 1,000 and more.",
            stats.session_starts_24h)};
  add_shards(families, stats);
  return families;
}

void add_components(std::vector<MetricFamily>& families, const bot::BotStats& stats) {
  auto outcomes =
      family("bot_components_total", "Uses of buttons and menus, by what came of them.", MetricType::Counter);
  for (std::size_t i = 0; i < stats.components.size(); ++i) {
    const auto outcome = static_cast<bot::ComponentOutcome>(i);
    add(outcomes, static_cast<double>(stats.components[i]), {{"outcome", std::string(bot::to_string(outcome))}});
  }
  families.push_back(std::move(outcomes));
  families.push_back(counter("bot_components_deferred_total", "Those where Discord was told that the answer follows.",
                             stats.components_deferred));
  families.push_back(gauge("bot_components_running", "Those that are under way.", stats.components_running));
}

std::vector<MetricFamily> bot_families(const BotModule& side) {
  const auto stats = side.bot().stats();
  auto families = gateway_families(side.gateway());
  auto outcomes = family("bot_custom_commands_total", "Messages that asked for a custom command, by what came of it.",
                         MetricType::Counter);
  add(outcomes, static_cast<double>(stats.answered), {{"outcome", "answered"}});
  add(outcomes, static_cast<double>(stats.cooled_down), {{"outcome", "cooled_down"}});
  add(outcomes, static_cast<double>(stats.not_permitted), {{"outcome", "not_permitted"}});
  add(outcomes, static_cast<double>(stats.empty), {{"outcome", "empty"}});
  add(outcomes, static_cast<double>(stats.dropped), {{"outcome", "dropped"}});
  add(outcomes, static_cast<double>(stats.failed), {{"outcome", "failed"}});
  families.push_back(std::move(outcomes));
  families.push_back(counter("bot_messages_total", "Messages that the bot saw.", stats.messages));
  families.push_back(counter("bot_messages_matched_total", "Those that asked for a custom command.", stats.matched));
  families.push_back(counter("bot_interactions_total", "Slash commands that were used.", stats.interactions));
  families.push_back(
      counter("bot_interactions_failed_total", "Those that could not be answered.", stats.interactions_failed));
  add_components(families, stats);
  families.push_back(gauge("bot_answers_under_way", "Answers being made or waiting for it.", stats.under_way));
  families.push_back(gauge("bot_guilds", "Guilds that the gateway has told of.", side.guilds().size()));
  return families;
}

std::vector<MetricFamily> script_families(const vm::ScriptHost& host) {
  const auto stats = host.stats();
  auto endings = family("script_runs_ended_total", "Runs of scripts, and checks whether they parse, by how they ended.",
                        MetricType::Counter);
  for (std::size_t i = 0; i < stats.endings.size(); ++i) {
    const auto ending = static_cast<vm::Ending>(i);
    add(endings, static_cast<double>(stats.endings[i]), {{"ending", std::string(vm::to_string(ending))}});
  }
  return {counter("script_runs_started_total", "Runs of scripts, and checks whether they parse.", stats.started),
          std::move(endings), gauge("script_runs_running", "Those that go on.", stats.running),
          gauge("script_runs_waiting", "Those that wait for their turn.", stats.waiting),
          counter("script_hosts_started_total", "How often guildhall-vm was started.", stats.hosts_started)};
}

}  // namespace

std::shared_ptr<prometheus::Collectable> rest_metrics(const discord::RestClient& rest) {
  return std::make_shared<Source>([&rest] { return rest_families(rest); });
}

std::shared_ptr<prometheus::Collectable> bot_metrics(const BotModule& side) {
  return std::make_shared<Source>([&side] { return bot_families(side); });
}

std::shared_ptr<prometheus::Collectable> script_metrics(const vm::ScriptHost& host) {
  return std::make_shared<Source>([&host] { return script_families(host); });
}

std::shared_ptr<prometheus::Collectable> database_metrics(DatabaseModule& side) {
  return std::make_shared<Source>([&side] { return database_families(side); });
}

std::shared_ptr<prometheus::Collectable> server_metrics(const ServerModule& side) {
  return std::make_shared<Source>([&side] { return server_families(side); });
}

std::shared_ptr<prometheus::Collectable> log_metrics(const logger::LogQueue& queue) {
  return std::make_shared<Source>([&queue] { return log_families(queue); });
}

}  // namespace guildhall::app
