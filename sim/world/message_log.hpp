#pragma once

#include <cstddef>
#include <deque>
#include <unordered_map>

#include "sim/world/message.hpp"

namespace guildhall::sim {

/// The last 10,000 messages of each channel, oldest first. Used by one thread at a time.
class MessageLog {
 public:
  static constexpr std::size_t kept_per_channel = 10'000;

  /// Its id is higher than those of the channel's other messages. Valid until the channel changes.
  const Message& add(Message message);
  [[nodiscard]] const Message* find(ChannelId channel, MessageId id) const;
  /// To change anything but its id and channel.
  [[nodiscard]] Message* find(ChannelId channel, MessageId id);
  /// False if there is no such message.
  bool remove(ChannelId channel, MessageId id);
  [[nodiscard]] const std::deque<Message>& of(ChannelId channel) const;
  void forget(ChannelId channel) { channels_.erase(channel); }
  void clear() { channels_.clear(); }

 private:
  std::unordered_map<ChannelId, std::deque<Message>> channels_;
};

}  // namespace guildhall::sim
