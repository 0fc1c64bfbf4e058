#pragma once

#include <chrono>
#include <cstddef>
#include <unordered_map>

#include "discord/model/ids.hpp"

namespace guildhall::bot {

/// Channels in which the bot may not speak. It leaves each alone for a while, as asking again and again would make
/// Discord shut us out (Discord: topics/rate-limits, Invalid Request Limit). For one thread at a time.
class ForbiddenChannels {
 public:
  using Time = std::chrono::steady_clock::time_point;

  static constexpr std::chrono::seconds rest{60};
  static constexpr std::size_t capacity = 10'000;

  void add(discord::ChannelId channel, Time now) {
    if (until_.size() >= capacity) {
      std::erase_if(until_, [now](const auto& entry) { return entry.second <= now; });
    }
    if (until_.size() < capacity) until_[channel] = now + rest;
  }

  [[nodiscard]] bool contains(discord::ChannelId channel, Time now) const {
    const auto found = until_.find(channel);
    return found != until_.end() && now < found->second;
  }

 private:
  std::unordered_map<discord::ChannelId, Time> until_;
};

}  // namespace guildhall::bot
