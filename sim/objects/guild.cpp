#include "sim/objects/guild.hpp"

#include <cstdint>
#include <string_view>
#include <utility>

#include "sim/objects/channel.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

/// The settings that every guild of the simulator has: Discord's for a new guild.
object default_settings() {
  return {
      {"afk_timeout", 300},
      {"default_message_notifications", 0},
      {"emojis", boost::json::array()},
      {"explicit_content_filter", 0},
      {"features", boost::json::array()},
      {"incidents_data", nullptr},
      {"max_members", 500'000},
      {"max_presences", nullptr},
      {"max_stage_video_channel_users", 50},
      {"max_video_channel_users", 25},
      {"mfa_level", 0},
      {"nsfw", false},
      {"nsfw_level", 0},
      {"preferred_locale", "en-US"},
      {"premium_progress_bar_enabled", false},
      {"premium_subscription_count", 0},
      {"premium_tier", 0},
      {"region", "deprecated"},
      {"stickers", boost::json::array()},
      {"system_channel_flags", 0},
      {"vanity_url_code", nullptr},
      {"verification_level", 0},
      {"widget_enabled", false},
  };
}

array emoji_responses(const World& world, const Guild& guild) {
  array emojis;
  for (const auto& [id, emoji] : guild.emojis) emojis.push_back(emoji_response(world, emoji));
  return emojis;
}

array role_ids(const Member& member) {
  array ids;
  for (const RoleId id : member.roles) ids.emplace_back(id.to_string());
  return ids;
}

object colors_of(std::uint32_t color) {
  return {{"primary_color", color}, {"secondary_color", nullptr}, {"tertiary_color", nullptr}};
}

}  // namespace

object guild_response(const World& world, const Guild& guild) {
  auto response = default_settings();
  response["id"] = guild.id.to_string();
  response["name"] = guild.name;
  response["icon"] = or_null(guild.icon);
  response["owner_id"] = guild.owner_id.to_string();
  response["roles"] = role_responses(world.application, guild);
  response["emojis"] = emoji_responses(world, guild);
  for (const std::string_view absent :
       {"afk_channel_id", "application_id", "banner", "description", "discovery_splash", "home_header",
        "public_updates_channel_id", "rules_channel_id", "safety_alerts_channel_id", "splash", "system_channel_id",
        "widget_channel_id"}) {
    response[absent] = nullptr;
  }
  for (const auto& [name, value] : guild.settings) response[name] = value;
  return response;
}

object guild_create_data(const World& world, const Guild& guild) {
  auto data = guild_response(world, guild);
  array channels;
  for (const auto& [id, channel] : guild.channels) channels.push_back(channel_response(world, channel));
  const UserId bot = world.application.bot_user_id();
  data["joined_at"] = to_discord_time(time_of(guild.id.value()));
  data["large"] = member_count(guild) > 50;
  data["unavailable"] = false;
  data["member_count"] = member_count(guild);
  data["members"] = array{member_response(world, guild, bot, guild.bot_member)};
  data["channels"] = std::move(channels);
  data["threads"] = active_threads(world, guild);
  for (const std::string_view empty :
       {"voice_states", "presences", "stage_instances", "guild_scheduled_events", "soundboard_sounds"}) {
    data[empty] = array();
  }
  return data;
}

std::size_t member_count(const Guild& guild) { return guild.members.size() + (guild.bot ? 1 : 0); }

object role_response(const Application& application, const Role& role) {
  object response{
      {"id", role.id.to_string()}, {"name", role.name},        {"permissions", role.permissions.to_string()},
      {"position", role.position}, {"color", role.color},      {"colors", colors_of(role.color)},
      {"hoist", role.hoist},       {"managed", role.of_bot},   {"mentionable", role.mentionable},
      {"icon", nullptr},           {"unicode_emoji", nullptr}, {"flags", 0},
  };
  if (role.of_bot) response["tags"] = {{"bot_id", application.bot_user_id().to_string()}};
  return response;
}

array role_responses(const Application& application, const Guild& guild) {
  array roles;
  for (const auto& [id, role] : guild.roles) roles.push_back(role_response(application, role));
  return roles;
}

object partial_member_response(const Guild& guild, const Member& member) {
  return {
      {"nick", or_null(member.nick)},
      {"roles", role_ids(member)},
      {"joined_at", to_discord_time(time_of(guild.id.value()))},
      {"avatar", nullptr},
      {"avatar_decoration_data", nullptr},
      {"banner", nullptr},
      {"communication_disabled_until", time_or_null(member.communication_disabled_until)},
      {"flags", 0},
      {"pending", false},
      {"premium_since", nullptr},
      {"mute", member.mute},
      {"deaf", member.deaf},
  };
}

object member_response(const World& world, const Guild& guild, UserId id, const Member& member) {
  auto response = partial_member_response(guild, member);
  response["user"] = user_response(world, id);
  return response;
}

object emoji_response(const World& world, const Emoji& emoji) {
  array roles;
  for (const RoleId role : emoji.roles) roles.emplace_back(role.to_string());
  return {{"id", emoji.id.to_string()}, {"name", emoji.name},
          {"roles", std::move(roles)},  {"user", user_response(world, emoji.creator)},
          {"require_colons", true},     {"managed", false},
          {"animated", emoji.animated}, {"available", true}};
}

const Member* find_member(const World& world, const Guild& guild, UserId id) {
  if (guild.bot && id == world.application.bot_user_id()) return &guild.bot_member;
  const auto found = guild.members.find(id);
  return found == guild.members.end() ? nullptr : &found->second;
}

}  // namespace guildhall::sim
