#include "bot/commands/registry.hpp"

#include <algorithm>
#include <array>

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr int guild_install = 0;  // Application Integration Types

}  // namespace

std::span<const SlashCommand> slash_commands() {
  static const std::array all{
      ping_command(),
      help_command(),
      prefix_command(),
      commands_command(),
  };
  return all;
}

const SlashCommand* find_slash_command(std::string_view name) {
  const auto all = slash_commands();
  const auto found = std::ranges::find(all, name, &SlashCommand::name);
  return found == all.end() ? nullptr : &*found;
}

json::array slash_command_definitions() {
  json::array definitions;
  for (const auto& command : slash_commands()) {
    auto definition = command.definition();
    definition["name"] = command.name;
    definition["type"] = chat_input;
    definition["integration_types"] = json::array{guild_install};
    definitions.push_back(std::move(definition));
  }
  return definitions;
}

}  // namespace guildhall::bot
