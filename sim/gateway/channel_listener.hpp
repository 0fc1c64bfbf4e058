#pragma once

#include "sim/world/guild.hpp"
#include "sim/world/interaction.hpp"
#include "sim/world/message.hpp"

namespace guildhall::sim {

/// Watches channels as users see them, including ephemeral messages, which the gateway does not send. Called on the
/// event loop, after the change.
class ChannelListener {
 public:
  virtual ~ChannelListener() = default;
  /// It is new or has changed.
  virtual void on_message(const Message& message) = 0;
  virtual void on_message_deleted(const Message& message) = 0;
  virtual void on_typing(const Channel& channel, UserId user) = 0;
  virtual void on_interaction(const Interaction& interaction) = 0;
  /// The bot opened a modal for the user of this interaction.
  virtual void on_modal(const Interaction& interaction) = 0;
  /// Users, guilds or commands have changed.
  virtual void on_world_changed() = 0;
};

}  // namespace guildhall::sim
