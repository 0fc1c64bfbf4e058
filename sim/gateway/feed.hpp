#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/gateway/channel_listener.hpp"
#include "sim/gateway/event.hpp"
#include "sim/world/interaction.hpp"
#include "sim/world/message_log.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// Turns changes of the world into gateway events. Must be called after each change, but
/// before the response that confirms it. Used by one thread at a time.
class Feed {
 public:
  /// All outlive the feed.
  Feed(const World& world, const MessageLog& messages, EventSink& sink)
      : world_(world), messages_(messages), sink_(sink) {}

  /// A further listener, or nullptr. It must remove itself before it is destroyed.
  void listen(ChannelListener* listener) { listener_ = listener; }

  /// Ephemeral messages are not published to the gateway.
  void message_created(const Message& message) const;
  void message_updated(const Message& message) const;
  /// `message` is no longer in the log.
  void message_deleted(const Message& message) const;
  /// Of one channel, and no longer in the log.
  void messages_deleted(const std::vector<Message>& messages) const;
  /// `MESSAGE_REACTION_ADD` and the like; `data` is what tells which reactions, without the message.
  void reactions_changed(std::string name, const Message& message, boost::json::object data) const;
  /// `last_pin` is when the newest pin of the channel was made; none if there is none.
  void pins_changed(const Channel& channel, std::optional<base::Timestamp> last_pin) const;
  void typing_started(const Channel& channel, UserId user, base::Timestamp now) const;
  void interaction_created(const Interaction& interaction) const;
  /// For the page of the user alone: the gateway says nothing of it.
  void modal_opened(const Interaction& interaction) const;

  /// A guild was added (`before` is nullptr), removed (`after` is nullptr) or changed: itself, the bot's membership,
  /// its availability or anything in it. Publishes the events that Discord sends for each difference.
  void guild_changed(const Guild* before, const Guild* after) const;
  /// A user's name or avatar has changed.
  void user_changed(const User& user) const;
  /// Commands or anything else changed in a way for which Discord sends no event.
  void world_changed() const;

  /// An arbitrary event, with the intents that its name needs.
  void raw(std::string name, const boost::json::value& data, std::optional<GuildId> guild) const;

 private:
  void message_event(std::string name, const Message& message) const;
  void guild_parts_changed(const Guild& before, const Guild& after) const;
  void roles_changed(const Guild& before, const Guild& after) const;
  void channels_changed(const Guild& before, const Guild& after) const;
  void threads_changed(const Guild& before, const Guild& after) const;
  void members_changed(const Guild& before, const Guild& after) const;
  void bans_changed(const Guild& before, const Guild& after) const;
  void webhooks_changed(const Guild& before, const Guild& after) const;
  void emojis_changed(const Guild& before, const Guild& after) const;
  void invites_changed(const Guild& before, const Guild& after) const;

  const World& world_;
  const MessageLog& messages_;
  EventSink& sink_;
  ChannelListener* listener_ = nullptr;
};

}  // namespace guildhall::sim
