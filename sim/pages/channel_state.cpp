#include "sim/pages/channel_state.hpp"

#include <boost/json/array.hpp>
#include <set>
#include <utility>

#include "sim/interactions/command_call.hpp"
#include "sim/objects/guild.hpp"
#include "sim/objects/message.hpp"
#include "sim/objects/user.hpp"

namespace guildhall::sim {
namespace {

using boost::json::array;

constexpr std::size_t messages_shown = 100;

array people_of(const World& world, const Guild& guild) {
  array people;
  for (const auto& [id, member] : guild.members) people.push_back(user_response(world, id));
  if (guild.bot) people.push_back(bot_user_response(world.application));
  return people;
}

array channels_of(const World& world, const Guild& guild) {
  array channels;
  for (const auto& [id, channel] : guild.channels) channels.push_back(channel_response(world, channel));
  return channels;
}

/// Chat inputs that the person may call; the guild's own hides one of its name that is everywhere.
array commands_for(const Simulation& sim, const Guild& guild, UserId person) {
  array commands;
  if (!guild.seen_by_bot()) return commands;
  std::set<std::string> own;
  for (const auto* command : sim.commands.list(guild.id)) own.insert(command->name);
  for (const auto* command : sim.commands.visible_in(guild.id)) {
    const bool hidden = !command->guild && own.contains(command->name);
    if (hidden || command->type != CommandType::chat_input) continue;
    if (!may_call(*command, guild.permissions_of(person))) continue;
    commands.push_back(command_response(sim.world.application.id, *command));
  }
  return commands;
}

array messages_for(const Simulation& sim, ChannelId channel, UserId person) {
  const auto& log = sim.messages.of(channel);
  std::vector<const Message*> newest;
  for (auto at = log.rbegin(); at != log.rend() && newest.size() < messages_shown; ++at) {
    if (is_visible_to(*at, person)) newest.push_back(&*at);
  }
  array messages;
  for (auto at = newest.rbegin(); at != newest.rend(); ++at) {
    messages.push_back(message_response(sim.world, sim.messages, **at));
  }
  return messages;
}

}  // namespace

boost::json::object channel_state(const Simulation& sim, const Guild& guild, const Channel& channel, UserId person) {
  return {
      {"type", "state"},
      {"person", person.to_string()},
      {"people", people_of(sim.world, guild)},
      {"roles", role_responses(sim.world.application, guild)},
      {"channels", channels_of(sim.world, guild)},
      {"commands", commands_for(sim, guild, person)},
      {"messages", messages_for(sim, channel.id, person)},
  };
}

bool is_visible_to(const Message& message, UserId person) {
  if (!message.ephemeral()) return true;
  const auto* metadata = message.interaction_metadata.if_object();
  return metadata != nullptr && metadata->at("user").at("id").as_string() == person.to_string();
}

UserId choose_person(const World& world, const Guild& guild, std::optional<UserId> wanted) {
  if (wanted && guild.members.contains(*wanted)) return *wanted;
  for (const auto& [id, member] : guild.members) {
    const Person* person = world.find_person(id);
    if (person != nullptr && !person->bot) return id;
  }
  return guild.owner_id;
}

}  // namespace guildhall::sim
