#include "logger/metrics.hpp"

#include "logger/log_queue.hpp"

namespace guildhall::logger {

base::MetricFamilies metrics(const LogQueue& queue) {
  const auto stats = queue.stats();
  return {
      base::gauge("log_rows_waiting", "Log rows that wait to be written to the database.", stats.rows),
      base::gauge("log_bytes_waiting", "Memory used by log rows that wait to be written to the database.", stats.bytes),
      base::counter("log_rows_lost_total", "Log rows dropped because too many waited for the database.", stats.lost)};
}

}  // namespace guildhall::logger
