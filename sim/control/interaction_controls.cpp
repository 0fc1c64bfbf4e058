#include "sim/control/interaction_controls.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "base/random.hpp"
#include "sim/answers.hpp"
#include "sim/interactions/command_call.hpp"
#include "sim/interactions/component_use.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"
#include "sim/rest/interaction_rules.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t name_size = 128;
constexpr std::size_t token_bytes = 64;

template <class Value>
Value take(base::Result<Value> result) {
  if (!result) throw base::ErrorException(result.error());
  return std::move(*result);
}

/// Where a user is and the bot listens.
struct Place {
  const Channel* channel = nullptr;
  const Guild* guild = nullptr;  ///< nullptr in a direct message.
  UserId user;
};

Place read_place(const ControlCall& call, ObjectReader& reader) {
  Place place;
  place.user = reader.id<UserId>("userId");
  const auto channel = reader.id<ChannelId>("channelId");
  place.channel = call.sim.world.find_channel(channel);
  if (place.channel == nullptr) reader.fail("channelId", "There is no channel " + channel.to_string() + ".");
  if (!place.channel->guild) {
    if (place.channel->recipient != place.user) reader.fail("userId", "This is somebody else's direct message.");
    return place;
  }
  place.guild = call.sim.world.find_guild(*place.channel->guild);
  if (!place.guild->members.contains(place.user)) reader.fail("userId", "This person is not in the guild.");
  if (!place.guild->visible_to_bot()) reader.fail("channelId", "The bot is not in the guild of this channel.");
  return place;
}

boost::json::object read_command_data(const ControlCall& call, ObjectReader& reader, const Place& place) {
  const auto called = take(find_called(call.sim.commands, place.channel->guild, reader.text("name", 1, name_size)));
  const Permissions held = place.guild == nullptr ? all_permissions : place.guild->permissions_of(place.user);
  if (!may_call(*called.command, held)) reader.fail("name", "This person may not call this command.");
  static const boost::json::object none;
  const boost::json::object* options = &none;
  if (reader.has("options")) options = reader.value("options").if_object();
  if (options == nullptr) reader.fail("options", "This must be an object of values by name.");
  return take(command_data(called, *options, call.sim.world, place.guild));
}

const Message& read_message(const ControlCall& call, ObjectReader& reader, const Place& place) {
  const auto id = reader.id<MessageId>("messageId");
  const Message* message = call.sim.messages.find(place.channel->id, id);
  if (message == nullptr) reader.fail("messageId", "There is no message " + id.to_string() + " in this channel.");
  return *message;
}

boost::json::object read_component_data(const ControlCall& call, ObjectReader& reader, const Place& place,
                                        const Message& message) {
  static const boost::json::array none;
  const auto& values = reader.has("values") ? reader.array("values") : none;
  const auto custom_id = reader.text("customId", 1, 4 * name_size);
  return take(component_data(message, custom_id, values, call.sim.world, place.guild));
}

boost::json::value message_json(const ControlCall& call, const Interaction& interaction, MessageId id) {
  const Message* message = call.sim.messages.find(interaction.channel, id);
  return message == nullptr ? boost::json::value(nullptr)
                            : message_response(call.sim.world, call.sim.messages, *message);
}

boost::json::object to_json(const ControlCall& call, const Interaction& interaction) {
  boost::json::array follow_ups;
  for (const MessageId id : interaction.follow_ups) follow_ups.push_back(message_json(call, interaction, id));
  const auto& after = interaction.answered_after;
  return {
      {"id", interaction.id.to_string()},
      {"type", static_cast<int>(interaction.type)},
      {"token", interaction.token},
      {"userId", interaction.user.to_string()},
      {"channelId", interaction.channel.to_string()},
      {"data", interaction.data},
      {"responses", boost::json::array(interaction.responses.begin(), interaction.responses.end())},
      {"answeredAfterUs", after ? boost::json::value(after->count()) : boost::json::value(nullptr)},
      {"failed", has_failed(interaction, call.sim.clock().now())},
      {"message", interaction.original ? message_json(call, interaction, *interaction.original) : nullptr},
      {"followUps", std::move(follow_ups)},
  };
}

}  // namespace

net::Response add_interaction(const ControlCall& call) {
  const auto body = call.json();
  ObjectReader reader(body, "");
  const Place place = read_place(call, reader);
  Interaction interaction;
  const auto type = reader.has("type") ? reader.integer("type", 2, 3) : 2;
  interaction.type = static_cast<InteractionType>(type);
  if (interaction.type == InteractionType::command) {
    interaction.data = read_command_data(call, reader, place);
  } else {
    const Message& message = read_message(call, reader, place);
    interaction.message = message.id;
    interaction.data = read_component_data(call, reader, place, message);
  }
  reader.finish();
  interaction.id = InteractionId{call.sim.new_snowflake()};
  interaction.token = base::random_hex(token_bytes);
  interaction.user = place.user;
  interaction.channel = place.channel->id;
  interaction.guild = place.channel->guild;
  interaction.created = call.sim.clock().now();
  interaction.began = std::chrono::steady_clock::now();
  const Interaction& added = call.sim.interactions.add(std::move(interaction));
  call.sim.feed.interaction_created(added);
  return json_answer(201, {{"id", added.id.to_string()}});
}

net::Response show_interaction(const ControlCall& call) {
  const auto id = call.id<InteractionId>("id");
  const Interaction* interaction = call.sim.interactions.find(id);
  if (interaction == nullptr) {
    throw base::ErrorException({base::Errc::not_found, "There is no interaction " + id.to_string() + ".", {}, {}});
  }
  return json_answer(200, to_json(call, *interaction));
}

}  // namespace guildhall::sim
