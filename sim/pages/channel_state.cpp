#include "sim/pages/channel_state.hpp"

#include <boost/json/array.hpp>
#include <set>
#include <utility>

#include "sim/interactions/command_call.hpp"
#include "sim/objects/channel.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;

constexpr std::size_t messages_shown = 100;

array people_of(const World& world, const Guild& guild) {
  array users;
  for (const auto& [id, member] : guild.members) users.push_back(user_response(world, id));
  if (guild.bot) users.push_back(bot_user_response(world.application));
  return users;
}

array channels_of(const World& world, const Guild& guild) {
  array channels;
  for (const auto& [id, channel] : guild.channels) channels.push_back(channel_response(world, channel));
  return channels;
}

/// Chat inputs that the user may call; the guild's own hides one of its name that is everywhere.
array commands_for(const Simulation& sim, const Guild& guild, UserId user) {
  array commands;
  if (!guild.visible_to_bot()) return commands;
  std::set<std::string> own;
  for (const auto* command : sim.commands.list(guild.id)) own.insert(command->name);
  for (const auto* command : sim.commands.visible_in(guild.id)) {
    const bool hidden = !command->guild && own.contains(command->name);
    if (hidden || command->type != CommandType::chat_input) continue;
    if (!may_call(*command, guild.permissions_of(user))) continue;
    commands.push_back(command_response(sim.world.application.id, *command));
  }
  return commands;
}

array messages_for(const Simulation& sim, ChannelId channel, UserId user) {
  const auto& log = sim.messages.of(channel);
  std::vector<const Message*> newest;
  for (auto at = log.rbegin(); at != log.rend() && newest.size() < messages_shown; ++at) {
    if (is_visible_to(*at, user)) newest.push_back(&*at);
  }
  array messages;
  for (auto at = newest.rbegin(); at != newest.rend(); ++at) {
    messages.push_back(message_response(sim.world, sim.messages, **at));
  }
  return messages;
}

}  // namespace

boost::json::object channel_state(const Simulation& sim, const Guild& guild, const Channel& channel, UserId user) {
  return {
      {"type", "state"},
      {"person", user.to_string()},
      {"people", people_of(sim.world, guild)},
      {"roles", role_responses(sim.world.application, guild)},
      {"channels", channels_of(sim.world, guild)},
      {"commands", commands_for(sim, guild, user)},
      {"messages", messages_for(sim, channel.id, user)},
  };
}

bool is_visible_to(const Message& message, UserId user) {
  if (!message.ephemeral()) return true;
  const auto* metadata = message.interaction_metadata.if_object();
  return metadata != nullptr && metadata->at("user").at("id").as_string() == user.to_string();
}

UserId choose_person(const World& world, const Guild& guild, std::optional<UserId> wanted) {
  if (wanted && guild.members.contains(*wanted)) return *wanted;
  for (const auto& [id, member] : guild.members) {
    const User* user = world.find_user(id);
    if (user != nullptr && !user->bot) return id;
  }
  return guild.owner_id;
}

}  // namespace guildhall::sim
