#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "discord/gateway/stats.hpp"

namespace guildhall::discord {

/// How the shards are, in a sentence. Any thread may ask; the gateway tells.
class GatewayMonitor {
 public:
  void begin(unsigned shards);
  void set(unsigned shard, const GatewayStats::Shard& how);
  /// What all of them wait for; empty where that is nothing.
  void wait_for(std::string notice);
  /// A shard, or all of them, have failed for good.
  void fail(std::string advice);
  void stop();

  [[nodiscard]] GatewayHealth health() const;
  [[nodiscard]] std::vector<GatewayStats::Shard> shards() const;
  /// False for a shard that there is not.
  [[nodiscard]] bool ready(unsigned shard) const;

 private:
  mutable std::mutex mutex_;  // guards what follows
  std::vector<GatewayStats::Shard> shards_;
  std::string notice_;
  std::optional<std::string> advice_;
  bool was_ready_ = false;
  bool stopped_ = false;
};

}  // namespace guildhall::discord
