#include "net/metrics.hpp"

#include "net/http_server.hpp"

namespace guildhall::net {

base::MetricFamilies metrics(const HttpServer& server) {
  const auto stats = server.stats();
  return {base::gauge("http_connections", "Open HTTP connections.", stats.connections),
          base::counter("http_accepted_total", "HTTP connections that were accepted.", stats.accepted),
          base::counter("http_refused_total", "HTTP connections refused because there were too many.", stats.refused),
          base::counter("http_evicted_total", "HTTP connections closed to make room for others.", stats.evicted),
          base::counter("http_malformed_total", "HTTP requests refused before routing, mostly malformed ones.",
                        stats.malformed)};
}

}  // namespace guildhall::net
