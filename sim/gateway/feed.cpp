#include "sim/gateway/feed.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "sim/objects/guild.hpp"
#include "sim/objects/interaction.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::object;

/// Compares two maps and calls back for each entry that was added, changed or removed.
template <class Map, class Added, class Changed, class Removed>
void each_difference(const Map& before, const Map& after, Added added, Changed changed, Removed removed) {
  for (const auto& [id, value] : before) {
    if (!after.contains(id)) removed(id, value);
  }
  for (const auto& [id, value] : after) {
    const auto old = before.find(id);
    if (old == before.end()) {
      added(id, value);
    } else if (!(old->second == value)) {
      changed(id, value);
    }
  }
}

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

void Feed::typing_started(const Channel& channel, UserId user) const {
  object data{{"channel_id", channel.id.to_string()}, {"user_id", user.to_string()}};
  if (channel.guild) data["guild_id"] = channel.guild->to_string();
  raw("TYPING_START", data, channel.guild);
  if (listener_ != nullptr) listener_->on_typing(channel, user);
}

void Feed::interaction_created(const Interaction& interaction) const {
  raw("INTERACTION_CREATE", interaction_data(world_, messages_, interaction), interaction.guild);
  if (listener_ != nullptr) listener_->on_interaction(interaction);
}

void Feed::world_changed() const {
  if (listener_ != nullptr) listener_->on_world_changed();
}

void Feed::guild_changed(const Guild* before, const Guild* after) const {
  world_changed();
  if (!sink_.has_listeners()) return;
  const bool was_seen = before != nullptr && before->visible_to_bot();
  const bool is_seen = after != nullptr && after->visible_to_bot();
  const bool is_in = after != nullptr && after->bot;
  if (was_seen && is_seen) return guild_parts_changed(*before, *after);
  if (is_seen) return raw("GUILD_CREATE", guild_create_data(world_, *after), after->id);
  const bool was_in = before != nullptr && before->bot;
  if (!was_in || (is_in && !was_seen)) return;
  object data{{"id", before->id.to_string()}};
  if (is_in) data["unavailable"] = true;
  raw("GUILD_DELETE", data, before->id);
}

void Feed::guild_parts_changed(const Guild& before, const Guild& after) const {
  roles_changed(before, after);
  channels_changed(before, after);
  members_changed(before, after);
  if (before.name != after.name || before.icon != after.icon || before.owner_id != after.owner_id) {
    raw("GUILD_UPDATE", guild_response(world_.application, after), after.id);
  }
}

void Feed::roles_changed(const Guild& before, const Guild& after) const {
  const std::string guild = after.id.to_string();
  const auto told = [&](std::string name) {
    return [this, &guild, &after, name = std::move(name)](RoleId, const Role& role) {
      raw(name, object{{"guild_id", guild}, {"role", role_response(world_.application, role)}}, after.id);
    };
  };
  each_difference(before.roles, after.roles, told("GUILD_ROLE_CREATE"), told("GUILD_ROLE_UPDATE"),
                  [&](RoleId id, const Role&) {
                    raw("GUILD_ROLE_DELETE", object{{"guild_id", guild}, {"role_id", id.to_string()}}, after.id);
                  });
}

void Feed::channels_changed(const Guild& before, const Guild& after) const {
  const auto told = [&](std::string name) {
    return [this, &after, name = std::move(name)](ChannelId, const Channel& channel) {
      raw(name, channel_response(world_, channel), after.id);
    };
  };
  each_difference(before.channels, after.channels, told("CHANNEL_CREATE"), told("CHANNEL_UPDATE"),
                  told("CHANNEL_DELETE"));
}

void Feed::members_changed(const Guild& before, const Guild& after) const {
  const auto told = [&](std::string name) {
    return [this, &after, name = std::move(name)](UserId id, const Member& member) {
      auto data = member_response(world_, after, id, member);
      data["guild_id"] = after.id.to_string();
      raw(name, data, after.id);
    };
  };
  each_difference(before.members, after.members, told("GUILD_MEMBER_ADD"), told("GUILD_MEMBER_UPDATE"),
                  [&](UserId id, const Member&) {
                    const object data{{"guild_id", after.id.to_string()}, {"user", user_response(world_, id)}};
                    raw("GUILD_MEMBER_REMOVE", data, after.id);
                  });
  if (before.bot_member == after.bot_member) return;
  auto data = member_response(world_, after, world_.application.bot_user_id(), after.bot_member);
  data["guild_id"] = after.id.to_string();
  // Needs no intent: it is about the bot itself.
  sink_.publish(
      {.name = "GUILD_MEMBER_UPDATE", .intents = {}, .guild = after.id, .data = boost::json::serialize(data)});
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
