#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>

#include "sim/gateway/channel_listener.hpp"
#include "sim/gateway/event.hpp"
#include "sim/world/interaction.hpp"
#include "sim/world/message_log.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// Told by whoever changes the world what has changed; makes the gateway events of it. Call it after the change, but
/// before an answer says that it is done. Used by one thread at a time.
class Feed {
 public:
  /// All outlive the feed.
  Feed(const World& world, const MessageLog& messages, EventSink& sink)
      : world_(world), messages_(messages), sink_(sink) {}

  /// Who hears of channels beside the gateway; nullptr for nobody. They leave before they go.
  void listen(ChannelListener* listener) { listener_ = listener; }

  /// The gateway is not told of an ephemeral message.
  void message_created(const Message& message) const;
  void message_updated(const Message& message) const;
  /// `message` is no longer in the log.
  void message_deleted(const Message& message) const;
  void typing_started(const Channel& channel, UserId user) const;
  void interaction_created(const Interaction& interaction) const;

  /// A guild came (`before` is nullptr), went (`after` is nullptr) or is not what it was: itself, that the bot is in
  /// it, that it is available, its roles, channels or members. Sends what Discord would send of each difference.
  void guild_changed(const Guild* before, const Guild* after) const;
  /// A person has another name, or suchlike.
  void person_changed(const Person& person) const;
  /// Commands are not what they were, or all is: nothing that Discord would tell a bot.
  void world_changed() const;

  /// Any event at all, with the intents that its name needs.
  void raw(std::string name, const boost::json::value& data, std::optional<GuildId> guild) const;

 private:
  void message_event(std::string name, const Message& message) const;
  void guild_parts_changed(const Guild& before, const Guild& after) const;
  void roles_changed(const Guild& before, const Guild& after) const;
  void channels_changed(const Guild& before, const Guild& after) const;
  void members_changed(const Guild& before, const Guild& after) const;

  const World& world_;
  const MessageLog& messages_;
  EventSink& sink_;
  ChannelListener* listener_ = nullptr;
};

}  // namespace guildhall::sim
