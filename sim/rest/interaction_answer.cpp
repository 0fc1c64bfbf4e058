#include "sim/rest/interaction_answer.hpp"

#include <utility>

#include "sim/objects/user.hpp"
#include "sim/rest/message_writer.hpp"

namespace guildhall::sim {
namespace {

boost::json::object metadata_of(Simulation& sim, const Interaction& interaction) {
  boost::json::object metadata{
      {"id", interaction.id.to_string()},
      {"type", static_cast<int>(interaction.type)},
      {"user", user_response(sim.world, interaction.user)},
      {"authorizing_integration_owners", {{"0", interaction.guild ? interaction.guild->to_string() : "0"}}},
  };
  if (interaction.type == InteractionType::component && interaction.message) {
    metadata["interacted_message_id"] = interaction.message->to_string();
  }
  if (const auto* target = interaction.data.if_contains("target_id")) {
    const auto id = target->as_string();
    if (interaction.data.at("type") == static_cast<int>(CommandType::message)) {
      metadata["target_message_id"] = id;
    } else {
      metadata["target_user"] = user_response(sim.world, *UserId::parse(id));
    }
  }
  if (interaction.trigger) {
    const Interaction* trigger = sim.interactions.find(*interaction.trigger);
    if (trigger != nullptr) metadata["triggering_interaction_metadata"] = metadata_of(sim, *trigger);
  }
  return metadata;
}

void refer_to(Message& message, MessageId original) {
  message.type = MessageType::reply;
  message.reference = MessageReference{original, message.channel, message.guild};
}

/// A message with the fields that every interaction response has.
Message compose_answer(Simulation& sim, const Interaction& interaction, MessageForm form) {
  const Channel* channel = sim.world.find_channel(interaction.channel);
  if (channel == nullptr) throw unknown_channel();
  const std::uint64_t ephemeral = form.flags.value_or(0) & ephemeral_flag;
  // An interaction response needs no permissions of the bot.
  auto message = compose_message(sim, *channel, all_permissions, std::move(form));
  message.flags |= ephemeral;
  message.application = sim.world.application.id;
  message.interaction_metadata = metadata_of(sim, interaction);
  return message;
}

Message compose_first_answer(Simulation& sim, const Interaction& interaction, MessageForm form) {
  auto message = compose_answer(sim, interaction, std::move(form));
  if (interaction.type == InteractionType::command) {
    const bool chat_input = interaction.data.at("type") == static_cast<int>(CommandType::chat_input);
    message.type = chat_input ? MessageType::chat_input_command : MessageType::context_menu_command;
    message.command = std::string(interaction.data.at("name").as_string());
  } else if (interaction.message) {
    refer_to(message, *interaction.message);
  }
  return message;
}

}  // namespace

const Message& post_answer(Simulation& sim, const Interaction& interaction, MessageForm form) {
  return post_message(sim, compose_first_answer(sim, interaction, std::move(form)));
}

const Message& post_thinking(Simulation& sim, const Interaction& interaction, const MessageForm& form) {
  MessageForm empty;
  empty.flags = form.flags;
  auto message = compose_first_answer(sim, interaction, std::move(empty));
  message.flags |= loading_flag;
  return post_message(sim, std::move(message));
}

const Message& post_follow_up(Simulation& sim, Interaction& interaction, MessageForm form) {
  Message* original = interaction.original ? sim.messages.find(interaction.channel, *interaction.original) : nullptr;
  if (original != nullptr && (original->flags & loading_flag) != 0) {
    edit_message(sim, *original, all_permissions, std::move(form));
    return *original;
  }
  auto message = compose_answer(sim, interaction, std::move(form));
  if (original != nullptr) {
    refer_to(message, original->id);
    message.interaction_metadata.as_object()["original_response_message_id"] = original->id.to_string();
  }
  const Message& posted = post_message(sim, std::move(message));
  interaction.follow_ups.push_back(posted.id);
  return posted;
}

}  // namespace guildhall::sim
