#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace guildhall::base {

/// Values of one name for /metrics (Prometheus: concepts, Data model). A folder that counts something exports its
/// families in its metrics.hpp; a help text is read alone, without those beside it.
struct MetricFamily {
  enum class Type : std::uint8_t { counter, gauge };
  using Labels = std::vector<std::pair<std::string, std::string>>;
  struct Sample {
    Labels labels;
    double value;
  };

  Type type{};
  std::string name;
  std::string help;
  std::vector<Sample> samples{};

  MetricFamily& add(double value, Labels labels = {}) {
    samples.push_back({std::move(labels), value});
    return *this;
  }
  template <class Integer>
  requires std::is_integral_v<Integer> MetricFamily& add(Integer value, Labels labels = {}) {
    return add(static_cast<double>(value), std::move(labels));
  }
  template <class Rep, class Period>
  MetricFamily& add(std::chrono::duration<Rep, Period> value, Labels labels = {}) {
    return add(std::chrono::duration<double>(value).count(), std::move(labels));
  }
};

using MetricFamilies = std::vector<MetricFamily>;

/// What only grows.
[[nodiscard]] inline MetricFamily counter(std::string name, std::string help) {
  return {MetricFamily::Type::counter, std::move(name), std::move(help)};
}
template <class Value>
[[nodiscard]] MetricFamily counter(std::string name, std::string help, Value value) {
  return std::move(counter(std::move(name), std::move(help)).add(value));
}

/// What grows and shrinks.
[[nodiscard]] inline MetricFamily gauge(std::string name, std::string help) {
  return {MetricFamily::Type::gauge, std::move(name), std::move(help)};
}
template <class Value>
[[nodiscard]] MetricFamily gauge(std::string name, std::string help, Value value) {
  return std::move(gauge(std::move(name), std::move(help)).add(value));
}

}  // namespace guildhall::base
