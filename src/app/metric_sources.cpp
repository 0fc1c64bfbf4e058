#include "app/metric_sources.hpp"

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>

#include <functional>
#include <string>
#include <vector>

#include "app/database_side.hpp"
#include "app/server_side.hpp"
#include "logger/log_queue.hpp"

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

std::vector<MetricFamily> cache_families(const DatabaseSide& side) {
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

std::vector<MetricFamily> database_families(const DatabaseSide& side) {
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

std::vector<MetricFamily> server_families(const ServerSide& side) {
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

}  // namespace

std::shared_ptr<prometheus::Collectable> database_metrics(DatabaseSide& side) {
  return std::make_shared<Source>([&side] { return database_families(side); });
}

std::shared_ptr<prometheus::Collectable> server_metrics(const ServerSide& side) {
  return std::make_shared<Source>([&side] { return server_families(side); });
}

std::shared_ptr<prometheus::Collectable> log_metrics(const logger::LogQueue& queue) {
  return std::make_shared<Source>([&queue] { return log_families(queue); });
}

}  // namespace guildhall::app
