#include "server/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <vector>

namespace guildhall::server {
namespace {

using prometheus::Family;

const prometheus::Histogram::BucketBoundaries seconds_buckets{
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

/// The series of one route. Counters appear with the first answer of their status.
class RouteSeries {
 public:
  RouteSeries(std::string method, std::string path, Family<prometheus::Counter>& requests,
              Family<prometheus::Histogram>& seconds)
      : method_(std::move(method)),
        path_(std::move(path)),
        requests_(requests),
        seconds_(seconds.Add({{"method", method_}, {"route", path_}}, seconds_buckets)) {}

  void observe(unsigned status, double seconds) {
    seconds_.Observe(seconds);
    counter(status).Increment();
  }

 private:
  prometheus::Counter& counter(unsigned status) {
    const std::lock_guard lock(mutex_);
    for (const auto& [known, counter] : counters_) {
      if (known == status) return *counter;
    }
    auto& added = requests_.Add({{"method", method_}, {"route", path_}, {"status", std::to_string(status)}});
    counters_.emplace_back(status, &added);
    return added;
  }

  std::string method_;
  std::string path_;
  Family<prometheus::Counter>& requests_;
  prometheus::Histogram& seconds_;
  std::mutex mutex_;
  std::vector<std::pair<unsigned, prometheus::Counter*>> counters_;
};

prometheus::MetricFamily to_prometheus(base::MetricFamily family) {
  prometheus::MetricFamily result;
  result.name = std::move(family.name);
  result.help = std::move(family.help);
  const bool is_gauge = family.type == base::MetricFamily::Type::gauge;
  result.type = is_gauge ? prometheus::MetricType::Gauge : prometheus::MetricType::Counter;
  for (auto& sample : family.samples) {
    auto& metric = result.metric.emplace_back();
    for (auto& [name, value] : sample.labels) metric.label.push_back({std::move(name), std::move(value)});
    (is_gauge ? metric.gauge.value : metric.counter.value) = sample.value;
  }
  return result;
}

}  // namespace

struct Metrics::Impl {
  prometheus::Registry registry;
  std::vector<std::unique_ptr<RouteSeries>> routes;  // the last one is for requests that no route has
  std::mutex mutex;
  std::vector<Source> sources;
};

Metrics::Metrics(std::span<const Route> routes) : impl_(std::make_unique<Impl>()) {
  auto& requests = prometheus::BuildCounter()
                       .Name("http_requests_total")
                       .Help("Requests that were answered.")
                       .Register(impl_->registry);
  auto& seconds = prometheus::BuildHistogram()
                      .Name("http_request_duration_seconds")
                      .Help("Time from a request's arrival to its answer.")
                      .Register(impl_->registry);
  for (const Route& route : routes) {
    impl_->routes.push_back(std::make_unique<RouteSeries>(std::string(net::to_string(route.method)),
                                                          std::string(route.path), requests, seconds));
  }
  impl_->routes.push_back(std::make_unique<RouteSeries>("any", "none", requests, seconds));
}

Metrics::~Metrics() = default;

void Metrics::observe(std::size_t route, unsigned status, std::chrono::nanoseconds time) {
  const auto& series = route == no_route ? impl_->routes.back() : impl_->routes[route];
  series->observe(status, std::chrono::duration<double>(time).count());
}

void Metrics::attach(Source source) {
  const std::lock_guard lock(impl_->mutex);
  impl_->sources.push_back(std::move(source));
}

std::string Metrics::text() const {
  auto families = impl_->registry.Collect();
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& source : impl_->sources) {
      for (auto& family : source()) families.push_back(to_prometheus(std::move(family)));
    }
  }
  return prometheus::TextSerializer().Serialize(families);
}

}  // namespace guildhall::server
