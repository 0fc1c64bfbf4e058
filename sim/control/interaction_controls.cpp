#include "sim/control/interaction_controls.hpp"

#include <boost/json/array.hpp>
#include <utility>

#include "base/random.hpp"
#include "sim/answers.hpp"
#include "sim/gateway/address.hpp"
#include "sim/interactions/command_call.hpp"
#include "sim/interactions/component_use.hpp"
#include "sim/interactions/modal_submit.hpp"
#include "sim/interactions/resolved_objects.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"
#include "sim/rest/attachment_form.hpp"
#include "sim/rest/interaction_rules.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_option_text = 128;
constexpr std::size_t interaction_token_bytes = 64;

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

/// A field that is an object of values by name; empty if it is absent.
const boost::json::object& read_object(ObjectReader& reader, std::string_view name) {
  static const boost::json::object none;
  if (!reader.has(name)) return none;
  const auto* values = reader.value(name).if_object();
  if (values == nullptr) reader.fail(name, "This must be an object of values by name.");
  return *values;
}

/// Stores the files that the user attaches: `attachments` is `{id: {filename, contentType?, content}}`.
AttachmentsById read_attachments(const ControlCall& call, ObjectReader& reader, const Place& place) {
  constexpr std::size_t content_size = 1024UL * 1024;
  AttachmentsById attachments;
  for (const auto& [id, value] : read_object(reader, "attachments")) {
    ObjectReader fields(value, reader.pointer_to("attachments") + '/' + std::string(id));
    Upload upload;
    upload.filename = fields.text("filename", 1, max_option_text);
    if (fields.has("contentType")) upload.content_type = fields.text("contentType", 1, max_option_text);
    upload.bytes = fields.text("content", 0, content_size);
    fields.finish();
    auto shown = store_file(call.sim, place.channel->id, std::move(upload), origin_of(call.request));
    shown["ephemeral"] = true;
    attachments.emplace(id, std::move(shown));
  }
  return attachments;
}

/// Puts the snowflakes of attachments in the place of the names by which the request calls them.
boost::json::object with_attachment_ids(const boost::json::object& values, const AttachmentsById& attachments) {
  const auto id_of = [&](const boost::json::value& value) -> boost::json::value {
    const auto* name = value.if_string();
    const auto found = name == nullptr ? attachments.end() : attachments.find(*name);
    return found == attachments.end() ? value : found->second.at("id");
  };
  boost::json::object changed;
  for (const auto& [name, value] : values) {
    const auto* list = value.if_array();
    if (list == nullptr) {
      changed[name] = id_of(value);
      continue;
    }
    boost::json::array ids;
    for (const auto& item : *list) ids.push_back(id_of(item));
    changed[name] = std::move(ids);
  }
  return changed;
}

AttachmentsById by_snowflake(const AttachmentsById& attachments) {
  AttachmentsById keyed;
  for (const auto& [name, attachment] : attachments) {
    keyed.emplace(std::string(attachment.at("id").as_string()), attachment);
  }
  return keyed;
}

void check_may_call(ObjectReader& reader, const ApplicationCommand& command, const Place& place) {
  const Permissions held = place.guild == nullptr ? all_permissions : place.guild->permissions_of(place.user);
  if (!may_call(command, held)) reader.fail("name", "This person may not call this command.");
}

/// A command of a context menu, called on `targetId`.
boost::json::object read_menu_data(const ControlCall& call, ObjectReader& reader, const Place& place,
                                   CommandType type) {
  const auto called =
      take(find_menu(call.sim.commands, place.channel->guild, type, reader.text("name", 1, max_option_text)));
  check_may_call(reader, *called.command, place);
  const std::string target = reader.text("targetId", 1, max_option_text);
  auto data = take(command_data(called, {}, call.sim.world, place.guild));
  ResolvedObjects resolved(call.sim.world, place.guild);
  if (type == CommandType::user) {
    if (!resolved.add_user(target)) reader.fail("targetId", "There is no such person.");
  } else {
    const auto id = MessageId::parse(target);
    const Message* message = id ? call.sim.messages.find(place.channel->id, *id) : nullptr;
    if (message == nullptr) reader.fail("targetId", "There is no such message in this channel.");
    resolved.add_message(target, message_response(call.sim.world, call.sim.messages, *message));
  }
  data["target_id"] = target;
  data["resolved"] = resolved.take();
  return data;
}

boost::json::object read_command_data(const ControlCall& call, ObjectReader& reader, const Place& place,
                                      bool completes) {
  const auto type = static_cast<CommandType>(reader.has("commandType") ? reader.integer("commandType", 1, 3) : 1);
  if (type != CommandType::chat_input) return read_menu_data(call, reader, place, type);
  const auto called =
      take(find_called(call.sim.commands, place.channel->guild, reader.text("name", 1, max_option_text)));
  check_may_call(reader, *called.command, place);
  const auto attachments = read_attachments(call, reader, place);
  const auto options = with_attachment_ids(read_object(reader, "options"), attachments);
  std::optional<std::string> focused;
  if (completes) focused = reader.text("focused", 1, max_option_text);
  return take(command_data(called, options, call.sim.world, place.guild, by_snowflake(attachments), focused));
}

/// The interaction that opened the modal which is submitted.
const Interaction& read_trigger(const ControlCall& call, ObjectReader& reader, const Place& place) {
  const auto id = reader.id<InteractionId>("interactionId");
  const Interaction* trigger = call.sim.interactions.find(id);
  if (trigger == nullptr || !trigger->modal) reader.fail("interactionId", "This interaction has not opened a modal.");
  if (trigger->user != place.user) reader.fail("userId", "The modal was opened for somebody else.");
  return *trigger;
}

boost::json::object read_modal_data(const ControlCall& call, ObjectReader& reader, const Place& place,
                                    const Interaction& trigger) {
  const auto attachments = read_attachments(call, reader, place);
  const auto fields = with_attachment_ids(read_object(reader, "fields"), attachments);
  return take(modal_data(*trigger.modal, fields, call.sim.world, place.guild, by_snowflake(attachments)));
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
  const auto custom_id = reader.text("customId", 1, 4 * max_option_text);
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
      {"modal", interaction.modal ? boost::json::value(*interaction.modal) : boost::json::value(nullptr)},
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
  const auto type = reader.has("type") ? reader.integer("type", 2, 5) : 2;
  interaction.type = static_cast<InteractionType>(type);
  switch (interaction.type) {
    case InteractionType::command:
    case InteractionType::autocomplete:
      interaction.data = read_command_data(call, reader, place, interaction.type == InteractionType::autocomplete);
      break;
    case InteractionType::component: {
      const Message& message = read_message(call, reader, place);
      interaction.message = message.id;
      interaction.data = read_component_data(call, reader, place, message);
      break;
    }
    case InteractionType::modal: {
      const Interaction& trigger = read_trigger(call, reader, place);
      interaction.trigger = trigger.id;
      interaction.message = trigger.message;
      interaction.data = read_modal_data(call, reader, place, trigger);
      break;
    }
  }
  reader.finish();
  interaction.id = InteractionId{call.sim.new_snowflake()};
  interaction.token = base::random_hex(interaction_token_bytes);
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
