#include "sim/objects/interaction.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

constexpr int guild_context = 0;
constexpr int bot_dm_context = 1;
constexpr int attachment_size_limit = 10 * 1024 * 1024;

void add_guild_fields(object& data, const World& world, const Guild& guild, UserId user) {
  data["guild_id"] = guild.id.to_string();
  data["guild"] = {{"id", guild.id.to_string()}, {"locale", "en-US"}, {"features", array()}};
  data["guild_locale"] = "en-US";
  data["app_permissions"] = guild.permissions_of_bot().to_string();
  data["authorizing_integration_owners"] = {{"0", guild.id.to_string()}};
  data["context"] = guild_context;
  const Member* member = find_member(world, guild, user);
  const Member stranger;
  data["member"] = member_response(world, guild, user, member == nullptr ? stranger : *member);
  data["member"].as_object()["permissions"] = guild.permissions_of(user).to_string();
}

}  // namespace

object interaction_data(const World& world, const MessageLog& messages, const Interaction& interaction) {
  object data{
      {"id", interaction.id.to_string()},
      {"application_id", world.application.id.to_string()},
      {"type", static_cast<int>(interaction.type)},
      {"token", interaction.token},
      {"version", 1},
      {"data", interaction.data},
      {"channel_id", interaction.channel.to_string()},
      {"locale", "en-US"},
      {"entitlements", array()},
      {"attachment_size_limit", attachment_size_limit},
  };
  if (const Channel* channel = world.find_channel(interaction.channel)) {
    data["channel"] = channel_response(world, *channel);
  }
  const Guild* guild = interaction.guild ? world.find_guild(*interaction.guild) : nullptr;
  if (guild != nullptr) {
    add_guild_fields(data, world, *guild, interaction.user);
    if (auto* channel = data.if_contains("channel")) {
      channel->as_object()["permissions"] = guild->permissions_of(interaction.user).to_string();
    }
  } else {
    data["user"] = user_response(world, interaction.user);
    data["app_permissions"] = bot_permissions.to_string();
    data["authorizing_integration_owners"] = {{"0", "0"}};
    data["context"] = bot_dm_context;
  }
  if (interaction.message) {
    if (const Message* message = messages.find(interaction.channel, *interaction.message)) {
      data["message"] = message_response(world, messages, *message);
    }
  }
  return data;
}

}  // namespace guildhall::sim
