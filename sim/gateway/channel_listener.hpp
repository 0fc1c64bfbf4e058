#pragma once

#include "sim/world/guild.hpp"
#include "sim/world/interaction.hpp"
#include "sim/world/message.hpp"

namespace guildhall::sim {

/// Who watches channels as people do: with the ephemeral messages that the gateway is not told of. Called on the event
/// loop, after the change.
class ChannelListener {
 public:
  virtual ~ChannelListener() = default;
  /// It is new, or not what it was.
  virtual void on_message(const Message& message) = 0;
  virtual void on_message_deleted(const Message& message) = 0;
  virtual void on_typing(const Channel& channel, UserId user) = 0;
  virtual void on_interaction(const Interaction& interaction) = 0;
  /// People, guilds or commands are not what they were.
  virtual void on_world_changed() = 0;
};

}  // namespace guildhall::sim
