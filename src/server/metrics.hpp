#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "base/metrics.hpp"
#include "server/route.hpp"

namespace guildhall::server {

/// What the program counts about itself, for Prometheus. Any thread may call.
class Metrics {
 public:
  /// `routes` as in the route table: each becomes a label.
  explicit Metrics(std::span<const Route> routes);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// The place of requests that no route has.
  static constexpr std::size_t no_route = static_cast<std::size_t>(-1);

  /// Counts an answered request; `route` is an index into the table.
  void observe(std::size_t route, unsigned status, std::chrono::nanoseconds time);

  /// Adds families of another part of the program. `source` is called for each scrape, on any thread, until this is
  /// destroyed.
  using Source = std::function<base::MetricFamilies()>;
  void attach(Source source);

  /// Everything in the text exposition format 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace guildhall::server
