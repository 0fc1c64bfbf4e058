#pragma once

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "sim/gateway/wire.hpp"

namespace guildhall::sim {

/// The client of a gateway connection in tests: records what is sent to it.
class FakeWire final : public GatewayWire {
 public:
  void send(std::string_view payload, const TrafficShape& shape) override {
    sent.emplace_back(payload);
    hindrances.push_back(shape);
  }
  void enable_payload_compression() override { compresses = true; }
  void close(std::uint16_t code, std::string_view) override { close_code = code; }
  void reset() override { was_reset = true; }
  [[nodiscard]] std::size_t unsent() const override { return unread; }

  /// Takes the next payload that was sent; null if there is none.
  boost::json::value next() {
    if (sent.empty()) return nullptr;
    auto payload = boost::json::parse(sent.front());
    sent.pop_front();
    return payload;
  }
  /// Takes all payloads; returns the names of the dispatches among them.
  std::vector<std::string> names() {
    std::vector<std::string> all;
    while (!sent.empty()) {
      const auto payload = next();
      if (payload.at("op") == 0) all.emplace_back(payload.at("t").as_string());
    }
    return all;
  }

  std::deque<std::string> sent;
  std::vector<TrafficShape> hindrances;
  std::size_t unread = 0;
  std::uint16_t close_code = 0;
  bool was_reset = false;
  bool compresses = false;
};

}  // namespace guildhall::sim
