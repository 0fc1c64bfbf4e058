#include "sim/interactions/application_command.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {
namespace {

template <class Commands>
auto find_named(Commands& commands, std::optional<GuildId> guild, CommandType type, std::string_view name)
    -> decltype(commands.data()) {
  const auto at = std::find_if(commands.begin(), commands.end(), [&](const auto& command) {
    return command.guild == guild && command.type == type && command.name == name;
  });
  return at == commands.end() ? nullptr : &*at;
}

}  // namespace

std::vector<const ApplicationCommand*> CommandRegistry::list(std::optional<GuildId> guild) const {
  std::vector<const ApplicationCommand*> found;
  for (const auto& command : commands_) {
    if (command.guild == guild) found.push_back(&command);
  }
  return found;
}

std::vector<const ApplicationCommand*> CommandRegistry::visible_in(std::optional<GuildId> guild) const {
  std::vector<const ApplicationCommand*> found;
  for (const auto& command : commands_) {
    if (!command.guild || command.guild == guild) found.push_back(&command);
  }
  return found;
}

const ApplicationCommand* CommandRegistry::find(std::optional<GuildId> guild, ApplicationCommandId id) const {
  const auto at = std::find_if(commands_.begin(), commands_.end(),
                               [&](const auto& command) { return command.guild == guild && command.id == id; });
  return at == commands_.end() ? nullptr : &*at;
}

const ApplicationCommand* CommandRegistry::find(std::optional<GuildId> guild, CommandType type,
                                                std::string_view name) const {
  return find_named(commands_, guild, type, name);
}

bool CommandRegistry::is_full(const ApplicationCommand& command) const {
  const auto count = static_cast<std::size_t>(std::count_if(commands_.begin(), commands_.end(), [&](const auto& one) {
    return one.guild == command.guild && one.type == command.type;
  }));
  return count >= (command.type == CommandType::chat_input ? chat_inputs_per_scope : menus_per_scope);
}

const ApplicationCommand* CommandRegistry::put(ApplicationCommand command, const NewId& new_id) {
  if (auto* known = find_named(commands_, command.guild, command.type, command.name)) {
    if (known->definition != command.definition) {
      known->definition = std::move(command.definition);
      known->version = new_id();
    }
    return known;
  }
  if (is_full(command)) return nullptr;
  command.id = ApplicationCommandId{new_id()};
  command.version = new_id();
  return &commands_.emplace_back(std::move(command));
}

bool CommandRegistry::change(const ApplicationCommand& command, const NewId& new_id) {
  const auto* same_name = find(command.guild, command.type, command.name);
  if (same_name != nullptr && same_name->id != command.id) return false;
  for (auto& known : commands_) {
    if (known.id != command.id) continue;
    if (known.definition != command.definition) known.version = new_id();
    known.name = command.name;
    known.definition = command.definition;
  }
  return true;
}

void CommandRegistry::overwrite(std::optional<GuildId> guild, std::vector<ApplicationCommand> commands,
                                const NewId& new_id) {
  std::erase_if(commands_, [&](const ApplicationCommand& known) {
    return known.guild == guild && std::none_of(commands.begin(), commands.end(), [&](const auto& command) {
             return command.type == known.type && command.name == known.name;
           });
  });
  for (auto& command : commands) (void)put(std::move(command), new_id);
}

bool CommandRegistry::remove(std::optional<GuildId> guild, ApplicationCommandId id) {
  return std::erase_if(commands_, [&](const auto& command) { return command.guild == guild && command.id == id; }) > 0;
}

boost::json::object command_response(ApplicationId application, const ApplicationCommand& command) {
  boost::json::object response = command.definition;
  response["id"] = command.id.to_string();
  response["application_id"] = application.to_string();
  response["version"] = std::to_string(command.version);
  if (command.guild) response["guild_id"] = command.guild->to_string();
  return response;
}

}  // namespace guildhall::sim
