#include "sim/gateway/feed.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/interaction.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

/// Whether a message's content is sent even without MESSAGE_CONTENT.
bool is_open_to_bot(const World& world, const Message& message) {
  const UserId bot = world.application.bot_user_id();
  return !message.guild || (message.author == bot && !message.webhook) ||
         std::find(message.mentions.begin(), message.mentions.end(), bot) != message.mentions.end();
}

}  // namespace

void Feed::raw(std::string name, const boost::json::value& data, std::optional<GuildId> guild) const {
  const Intents intents = intents_for(name, guild.has_value());
  sink_.publish({.name = std::move(name), .intents = intents, .guild = guild, .data = boost::json::serialize(data)});
}

void Feed::message_event(std::string name, const Message& message) const {
  if (message.ephemeral() || !sink_.has_listeners()) return;
  auto data = message_response(world_, messages_, message);
  add_message_event_fields(data, world_, message);
  Event event{.name = std::move(name), .guild = message.guild, .data = boost::json::serialize(data)};
  event.intents = intents_for(event.name, message.guild.has_value());
  if (!is_open_to_bot(world_, message)) {
    remove_message_content(data);
    event.data_without_content = boost::json::serialize(data);
  }
  sink_.publish(std::move(event));
}

void Feed::message_created(const Message& message) const {
  message_event("MESSAGE_CREATE", message);
  if (listener_ != nullptr) listener_->on_message(message);
}

void Feed::message_updated(const Message& message) const {
  message_event("MESSAGE_UPDATE", message);
  if (listener_ != nullptr) listener_->on_message(message);
}

void Feed::message_deleted(const Message& message) const {
  if (listener_ != nullptr) listener_->on_message_deleted(message);
  if (message.ephemeral()) return;
  object data{{"id", message.id.to_string()}, {"channel_id", message.channel.to_string()}};
  if (message.guild) data["guild_id"] = message.guild->to_string();
  raw("MESSAGE_DELETE", data, message.guild);
}

void Feed::messages_deleted(const std::vector<Message>& messages) const {
  if (messages.empty()) return;
  const Message& first = messages.front();
  object data{{"channel_id", first.channel.to_string()}};
  if (first.guild) data["guild_id"] = first.guild->to_string();
  boost::json::array ids;
  for (const Message& message : messages) {
    if (listener_ != nullptr) listener_->on_message_deleted(message);
    ids.emplace_back(message.id.to_string());
  }
  data["ids"] = std::move(ids);
  raw("MESSAGE_DELETE_BULK", data, first.guild);
}

void Feed::reactions_changed(std::string name, const Message& message, boost::json::object data) const {
  data["message_id"] = message.id.to_string();
  data["channel_id"] = message.channel.to_string();
  if (message.guild) data["guild_id"] = message.guild->to_string();
  if (name == "MESSAGE_REACTION_ADD") {
    if (!message.webhook) data["message_author_id"] = message.author.to_string();
    const Guild* guild = message.guild ? world_.find_guild(*message.guild) : nullptr;
    const auto user = UserId::parse(data.at("user_id").as_string());
    const Member* member = guild == nullptr ? nullptr : find_member(world_, *guild, *user);
    if (member != nullptr) data["member"] = member_response(world_, *guild, *user, *member);
  }
  raw(std::move(name), data, message.guild);
  if (listener_ != nullptr) listener_->on_message(message);
}

void Feed::pins_changed(const Channel& channel, std::optional<base::Timestamp> last_pin) const {
  object data{{"channel_id", channel.id.to_string()}, {"last_pin_timestamp", time_or_null(last_pin)}};
  if (channel.guild) data["guild_id"] = channel.guild->to_string();
  raw("CHANNEL_PINS_UPDATE", data, channel.guild);
}

void Feed::typing_started(const Channel& channel, UserId user, base::Timestamp now) const {
  object data{{"channel_id", channel.id.to_string()}, {"user_id", user.to_string()}};
  if (channel.guild) data["guild_id"] = channel.guild->to_string();
  data["timestamp"] = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
  const Guild* guild = channel.guild ? world_.find_guild(*channel.guild) : nullptr;
  const Member* member = guild == nullptr ? nullptr : find_member(world_, *guild, user);
  if (member != nullptr) data["member"] = member_response(world_, *guild, user, *member);
  raw("TYPING_START", data, channel.guild);
  if (listener_ != nullptr) listener_->on_typing(channel, user);
}

void Feed::interaction_created(const Interaction& interaction) const {
  raw("INTERACTION_CREATE", interaction_data(world_, messages_, interaction), interaction.guild);
  if (listener_ != nullptr) listener_->on_interaction(interaction);
}

void Feed::modal_opened(const Interaction& interaction) const {
  if (listener_ != nullptr) listener_->on_modal(interaction);
}

void Feed::world_changed() const {
  if (listener_ != nullptr) listener_->on_world_changed();
}

void Feed::user_changed(const User& user) const {
  world_changed();
  if (!sink_.has_listeners()) return;
  for (const Guild* guild : world_.guilds_of(user.id)) {
    if (!guild->visible_to_bot()) continue;
    auto data = member_response(world_, *guild, user.id, guild->members.at(user.id));
    data["guild_id"] = guild->id.to_string();
    raw("GUILD_MEMBER_UPDATE", data, guild->id);
  }
}

}  // namespace guildhall::sim
