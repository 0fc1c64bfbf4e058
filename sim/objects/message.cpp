#include "sim/objects/message.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;
using boost::json::object;

object author_of(const World& world, const Message& message) {
  if (!message.webhook) return user_response(world, message.author);
  object author{{"id", message.webhook->id.to_string()}, {"username", message.webhook->name}};
  for (const auto& [name, value] : user_response(world, message.author)) author.emplace(name, value);
  author["bot"] = true;
  author["discriminator"] = "0000";
  author["global_name"] = nullptr;
  author["avatar"] = or_null(message.webhook->avatar);
  return author;
}

object reference_of(const MessageReference& reference) {
  object json{{"type", 0}, {"channel_id", reference.channel.to_string()}};
  if (reference.message) json["message_id"] = reference.message->to_string();
  if (reference.guild) json["guild_id"] = reference.guild->to_string();
  return json;
}

/// MessageInteractionResponse: what older clients know a command's answer by, and the only place of its name.
object command_of(const Message& message) {
  const auto& metadata = message.interaction_metadata;
  return {{"id", metadata.at("id")},
          {"type", metadata.at("type")},
          {"name", *message.command},
          {"user", metadata.at("user")}};
}

array reaction_responses(const World& world, const Message& message) {
  array reactions;
  for (const auto& [emoji, users] : message.reactions) {
    const bool me = std::find(users.begin(), users.end(), world.application.bot_user_id()) != users.end();
    reactions.push_back({{"emoji", emoji},
                         {"count", users.size()},
                         {"count_details", {{"burst", 0}, {"normal", users.size()}}},
                         {"burst_colors", array()},
                         {"me_burst", false},
                         {"me", me}});
  }
  return reactions;
}

/// Adds members to each object in `value`, itself included.
void fill_in_all(boost::json::value& value, const object& members) {
  if (members.empty()) return;
  if (auto* list = value.if_array()) {
    for (auto& item : *list) fill_in_all(item, members);
  } else if (auto* part = value.if_object()) {
    for (auto& member : *part) fill_in_all(member.value(), members);
    fill_in(*part, members);
  }
}

/// BasicMessageResponse.
object basic_message_response(const World& world, const Message& message) {
  array mentions;
  for (const UserId id : message.mentions) mentions.push_back(user_response(world, id));
  array mention_roles;
  for (const RoleId id : message.mention_roles) mention_roles.emplace_back(id.to_string());
  object json{
      {"id", message.id.to_string()},
      {"channel_id", message.channel.to_string()},
      {"type", static_cast<int>(message.type)},
      {"author", author_of(world, message)},
      {"content", message.content},
      {"embeds", message.embeds},
      {"components", message.components},
      {"attachments", message.attachments},
      {"mentions", std::move(mentions)},
      {"mention_roles", std::move(mention_roles)},
      {"mention_everyone", message.mention_everyone},
      {"pinned", message.pinned.has_value()},
      {"tts", message.tts},
      {"flags", message.flags},
      {"timestamp", to_discord_time(message.created)},
      {"edited_timestamp", nullptr},
  };
  fill_in_all(json["components"], world.behaviour.component_members);
  fill_in_all(json["embeds"], world.behaviour.embed_members);
  if (!message.reactions.empty()) json["reactions"] = reaction_responses(world, message);
  if ((message.flags & has_thread_flag) != 0) {
    if (const Channel* thread = world.find_channel(ChannelId{message.id.value()})) {
      json["thread"] = channel_response(world, *thread);
    }
  }
  if (message.edited) json["edited_timestamp"] = to_discord_time(*message.edited);
  if (message.webhook) json["webhook_id"] = message.webhook->id.to_string();
  if (message.application) {
    json["application_id"] = message.application->to_string();
    if (!message.webhook) json["webhook_id"] = message.application->to_string();
  }
  if (!message.interaction_metadata.is_null()) json["interaction_metadata"] = message.interaction_metadata;
  if (message.command) json["interaction"] = command_of(message);
  if (!message.nonce.is_null()) json["nonce"] = message.nonce;
  if (message.reference) json["message_reference"] = reference_of(*message.reference);
  return json;
}

}  // namespace

object message_response(const World& world, const MessageLog& messages, const Message& message) {
  object json = basic_message_response(world, message);
  if (message.reference && message.reference->message) {
    const Message* answered = messages.find(message.reference->channel, *message.reference->message);
    json["referenced_message"] =
        answered == nullptr ? boost::json::value(nullptr) : basic_message_response(world, *answered);
  }
  return json;
}

void add_message_event_fields(object& response, const World& world, const Message& message) {
  const Guild* guild = message.guild ? world.find_guild(*message.guild) : nullptr;
  if (guild == nullptr) return;
  response["guild_id"] = guild->id.to_string();
  const Member* author = message.webhook ? nullptr : find_member(world, *guild, message.author);
  if (author != nullptr) response["member"] = partial_member_response(*guild, *author);
  for (auto& mention : response["mentions"].as_array()) {
    auto& user = mention.as_object();
    const auto id = UserId::parse(user["id"].as_string());
    if (const Member* member = find_member(world, *guild, *id))
      user["member"] = partial_member_response(*guild, *member);
  }
}

void remove_message_content(object& response) {
  response["content"] = "";
  for (const std::string_view list : {"embeds", "components", "attachments"}) response[list] = array();
  if (auto* answered = response.if_contains("referenced_message"); answered != nullptr && answered->is_object()) {
    remove_message_content(answered->as_object());
  }
}

}  // namespace guildhall::sim
