#include "sim/control/message_controls.hpp"

#include <boost/json/array.hpp>
#include <string>
#include <utility>

#include "sim/answers.hpp"
#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/message.hpp"
#include "sim/rest/mentions.hpp"
#include "sim/rest/message_writer.hpp"
#include "sim/rest/reaction_routes.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_content = 4000;

const Channel& channel_of(const ControlCall& call) {
  const auto id = call.id<ChannelId>("id");
  const Channel* channel = call.sim.world.find_channel(id);
  if (channel == nullptr) throw_not_found("There is no channel " + id.to_string() + ".");
  return *channel;
}

Message& message_of(const ControlCall& call) {
  const auto id = call.id<MessageId>("message_id");
  Message* message = call.sim.messages.find(channel_of(call).id, id);
  if (message == nullptr) throw_not_found("There is no message " + id.to_string() + " in this channel.");
  return *message;
}

/// A webhook may say all that it wants to.
Permissions permissions_of(const Simulation& sim, const Message& message) {
  if (message.webhook) return all_permissions;
  const Guild* guild = message.guild ? sim.world.find_guild(*message.guild) : nullptr;
  return guild == nullptr ? everyone_permissions : guild->permissions_of(message.author);
}

void set_mentions_of(Simulation& sim, Message& message) {
  std::optional<UserId> answered;
  if (message.reference && message.reference->message) {
    if (const Message* original = sim.messages.find(message.channel, *message.reference->message)) {
      answered = original->author;
    }
  }
  set_mentions(message, sim.world, AllowedMentions(), permissions_of(sim, message), answered);
}

void read_control_author(ObjectReader& reader, const Simulation& sim, const Channel& channel, Message& message) {
  message.author = reader.id<UserId>("authorId");
  if (reader.has("webhookId")) {
    std::string name = reader.has("webhookName") ? reader.text("webhookName", 1, 80) : "Webhook";
    message.webhook = WebhookAuthor{reader.id<WebhookId>("webhookId"), std::move(name)};
  }
  if (sim.world.find_user(message.author) == nullptr) reader.fail("authorId", "There is no such person.");
  const Guild* guild = channel.guild ? sim.world.find_guild(*channel.guild) : nullptr;
  if (guild != nullptr && !message.webhook && !guild->members.contains(message.author)) {
    reader.fail("authorId", "This person is not in the guild.");
  }
  if (guild == nullptr && channel.recipient != message.author) {
    reader.fail("authorId", "This is the direct message of somebody else.");
  }
}

boost::json::object shown_message(const ControlCall& call, const Message& message) {
  return message_response(call.sim.world, call.sim.messages, message);
}

}  // namespace

net::Response say(const ControlCall& call) {
  const Channel& channel = channel_of(call);
  const auto body = call.json();
  ObjectReader reader(body, "");
  Message message;
  message.channel = channel.id;
  message.guild = channel.guild;
  read_control_author(reader, call.sim, channel, message);
  message.content = reader.text("content", 0, max_content);
  if (reader.has("embeds")) message.embeds = reader.array("embeds");
  if (reader.has("components")) message.components = reader.array("components");
  if (reader.has("replyTo")) {
    message.type = MessageType::reply;
    message.reference = MessageReference{reader.id<MessageId>("replyTo"), channel.id, channel.guild};
  }
  reader.finish();
  message.id = MessageId{call.sim.new_snowflake()};
  message.created = call.sim.clock().now();
  set_mentions_of(call.sim, message);
  return json_answer(201, shown_message(call, post_message(call.sim, std::move(message))));
}

net::Response list_channel_messages(const ControlCall& call) {
  boost::json::array messages;
  for (const Message& message : call.sim.messages.of(channel_of(call).id))
    messages.push_back(shown_message(call, message));
  return json_answer(200, {{"messages", std::move(messages)}});
}

net::Response edit_message_as_user(const ControlCall& call) {
  Message& message = message_of(call);
  const auto body = call.json();
  ObjectReader reader(body, "");
  std::string content = reader.text("content", 0, max_content);
  reader.finish();
  message.content = std::move(content);
  message.edited = call.sim.clock().now();
  set_mentions_of(call.sim, message);
  call.sim.feed.message_updated(message);
  return json_answer(200, shown_message(call, message));
}

net::Response delete_message_as_user(const ControlCall& call) {
  remove_message(call.sim, message_of(call));
  return no_content();
}

namespace {

/// `{userId, emoji}`, the emoji as in Discord's paths: a Unicode emoji, or `name:id`.
net::Response change_reaction(const ControlCall& call,
                              bool (*change)(Simulation&, Message&, const boost::json::object&, UserId)) {
  Message& message = message_of(call);
  const auto body = call.json();
  ObjectReader reader(body, "");
  const auto user = reader.id<UserId>("userId");
  const auto text = reader.text("emoji", 1, 128);
  reader.finish();
  if (call.sim.world.find_user(user) == nullptr) reader.fail("userId", "There is no such person.");
  try {
    change(call.sim, message, find_emoji(call.sim.world, text), user);
  } catch (const DiscordError& error) {
    reader.fail("emoji", error.message);
  }
  return no_content();
}

}  // namespace

net::Response react_as_user(const ControlCall& call) { return change_reaction(call, react); }

net::Response take_back_reaction_as_user(const ControlCall& call) { return change_reaction(call, take_reaction_back); }

net::Response open_direct_message(const ControlCall& call) {
  const auto id = call.sim.world.open_direct_message(call.id<UserId>("id"));
  if (!id) throw base::ErrorException(id.error());
  return json_answer(200, channel_response(call.sim.world, *call.sim.world.find_channel(*id)));
}

}  // namespace guildhall::sim
