#pragma once

#include <cstdint>
#include <optional>
#include <set>

#include "discord/gateway/dispatch.hpp"

namespace guildhall::bot {

/// Events that are still being acted on, so that a restart gets them again. For one event loop.
class UnhandledEvents {
 public:
  void add(discord::EventPosition event) { events_.insert(event); }
  void remove(discord::EventPosition event) { events_.erase(event); }

  /// The sequence of the shard's first one.
  [[nodiscard]] std::optional<std::uint64_t> first(unsigned shard) const {
    const auto found = events_.lower_bound({shard, 0});
    if (found == events_.end() || found->shard != shard) return std::nullopt;
    return found->sequence;
  }

 private:
  std::set<discord::EventPosition> events_;
};

}  // namespace guildhall::bot
