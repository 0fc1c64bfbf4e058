#include "sim/objects/channel.hpp"

#include <utility>

#include "sim/objects/guild.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

array overwrite_responses(const Channel& channel) {
  array overwrites;
  for (const auto& [id, overwrite] : channel.overwrites) {
    overwrites.push_back({{"id", std::to_string(id)},
                          {"type", overwrite.of_member ? 1 : 0},
                          {"allow", overwrite.allow.to_string()},
                          {"deny", overwrite.deny.to_string()}});
  }
  return overwrites;
}

/// What channels of a type have besides, where nobody has set it.
object default_channel_settings(ChannelType type) {
  switch (type) {
    case ChannelType::guild_voice:
    case ChannelType::guild_stage: return {{"bitrate", 64'000}, {"user_limit", 0}, {"rtc_region", nullptr}};
    case ChannelType::guild_forum:
    case ChannelType::guild_media:
      return {{"available_tags", array()},
              {"default_reaction_emoji", nullptr},
              {"default_sort_order", nullptr},
              {"default_forum_layout", 0}};
    default: return {};
  }
}

void add_thread_fields(object& response, const Channel& channel) {
  const Thread& thread = *channel.thread;
  object metadata{{"archived", thread.archived},
                  {"archive_timestamp", to_discord_time(thread.archive_changed)},
                  {"auto_archive_duration", thread.auto_archive_duration},
                  {"locked", thread.locked},
                  {"create_timestamp", to_discord_time(thread.created)}};
  if (channel.type == ChannelType::private_thread) metadata["invitable"] = thread.invitable;
  response["owner_id"] = thread.owner.to_string();
  response["thread_metadata"] = std::move(metadata);
  response["message_count"] = thread.message_count;
  response["member_count"] = thread.members.size();
  response["total_message_sent"] = thread.total_message_sent;
}

bool shows_thread(const World& world, const Guild& guild, const Channel& thread) {
  const UserId bot = world.application.bot_user_id();
  const Permissions held = guild.permissions_of_bot_in(thread, bot);
  if (!held.has(view_channel)) return false;
  return thread.type != ChannelType::private_thread || held.has(manage_threads) || thread.thread->members.contains(bot);
}

}  // namespace

object channel_response(const World& world, const Channel& channel) {
  object response{
      {"id", channel.id.to_string()},
      {"type", static_cast<int>(channel.type)},
      {"flags", 0},
      {"last_message_id", nullptr},
  };
  if (channel.recipient) response["recipients"] = array{user_response(world, *channel.recipient)};
  if (!channel.guild) return response;
  response["guild_id"] = channel.guild->to_string();
  response["name"] = channel.name;
  response["parent_id"] = channel.parent ? boost::json::value(channel.parent->to_string()) : nullptr;
  response["rate_limit_per_user"] = channel.rate_limit_per_user;
  if (channel.thread) {
    add_thread_fields(response, channel);
  } else {
    response["position"] = channel.position;
    response["topic"] = or_null(channel.topic);
    response["nsfw"] = channel.nsfw;
    response["permission_overwrites"] = overwrite_responses(channel);
    for (auto& [name, value] : default_channel_settings(channel.type)) response[name] = std::move(value);
  }
  for (const auto& [name, value] : channel.settings) response[name] = value;
  return response;
}

object thread_member_response(const World& world, const Channel& thread, UserId user, const Guild* guild) {
  object response{{"id", thread.id.to_string()},
                  {"user_id", user.to_string()},
                  {"join_timestamp", to_discord_time(thread.thread->members.at(user))},
                  {"flags", 0}};
  if (guild == nullptr) return response;
  const Member* member = find_member(world, *guild, user);
  if (member != nullptr) response["member"] = member_response(world, *guild, user, *member);
  return response;
}

object thread_response(const World& world, const Channel& thread) {
  auto response = channel_response(world, thread);
  const UserId bot = world.application.bot_user_id();
  if (thread.thread->members.contains(bot)) response["member"] = thread_member_response(world, thread, bot);
  return response;
}

array active_threads(const World& world, const Guild& guild) {
  array threads;
  for (const auto& [id, thread] : guild.threads) {
    if (!thread.thread->archived && shows_thread(world, guild, thread)) {
      threads.push_back(thread_response(world, thread));
    }
  }
  return threads;
}

object webhook_response(const World& world, const Guild& guild, const Webhook& webhook, std::string_view origin) {
  return {{"id", webhook.id.to_string()},
          {"type", 1},
          {"application_id", nullptr},
          {"channel_id", webhook.channel.to_string()},
          {"guild_id", guild.id.to_string()},
          {"name", webhook.name},
          {"avatar", or_null(webhook.avatar)},
          {"token", webhook.token},
          {"url", std::string(origin) + "/api/webhooks/" + webhook.id.to_string() + '/' + webhook.token},
          {"user", user_response(world, webhook.creator)}};
}

object invite_response(const World& world, const Guild& guild, const Invite& invite) {
  const Channel* channel = guild.find_channel(invite.channel);
  object response{{"type", 0},
                  {"code", invite.code},
                  {"guild_id", guild.id.to_string()},
                  {"guild",
                   {{"id", guild.id.to_string()},
                    {"name", guild.name},
                    {"icon", or_null(guild.icon)},
                    {"splash", nullptr},
                    {"banner", nullptr},
                    {"description", nullptr},
                    {"features", array()},
                    {"verification_level", 0},
                    {"vanity_url_code", nullptr},
                    {"nsfw_level", 0},
                    {"nsfw", false},
                    {"premium_subscription_count", 0}}},
                  {"channel", nullptr},
                  {"inviter", user_response(world, invite.inviter)},
                  {"uses", 0},
                  {"max_uses", invite.max_uses},
                  {"max_age", invite.max_age},
                  {"temporary", invite.temporary},
                  {"created_at", to_discord_time(invite.created)},
                  {"expires_at", nullptr}};
  if (channel != nullptr) {
    response["channel"] = {
        {"id", channel->id.to_string()}, {"name", channel->name}, {"type", static_cast<int>(channel->type)}};
  }
  if (invite.max_age > 0) {
    response["expires_at"] = to_discord_time(invite.created + std::chrono::seconds(invite.max_age));
  }
  return response;
}

}  // namespace guildhall::sim
