#include <algorithm>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "bot/commands/registry.hpp"
#include "bot/commands/words.hpp"
#include "database/models/command_store.hpp"
#include "database/models/guild_store.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

/// What stands for the prefix where only a mention of the bot counts.
constexpr std::string_view mention = "@… ";
/// Discord: resources/message, Embed Limits; less the last line.
constexpr std::size_t max_list_length = 4096 - 64;

json::object commands_definition() {
  return {{"description", "Lists the custom commands of this server."}, {"contexts", json::array{guild_context}}};
}

/// As many triggers as fit, then the number of the others.
std::string list(const std::string& prefix, std::vector<std::string> triggers) {
  std::ranges::sort(triggers);
  std::string text;
  std::size_t length = 0;
  for (std::size_t i = 0; i < triggers.size(); ++i) {
    const auto line = as_code(prefix + triggers[i]) + "\n";
    length += base::count_code_points(line).value_or(line.size());
    if (length > max_list_length) return text + "… and " + std::to_string(triggers.size() - i) + " more";
    text += line;
  }
  return text;
}

net::Task<json::object> run_commands(SlashContext context, discord::SlashInteraction interaction) {
  if (!interaction.guild) co_return json::object{{"content", unknown_guild}};
  if (!context.message_commands) {
    co_return json::object{{"content", "Custom commands are disabled on this bot: it only has slash commands."}};
  }
  const auto guild = co_await context.guilds.find(*interaction.guild);
  const auto commands = co_await context.commands.list(*interaction.guild);
  if (!guild || commands->empty()) {
    co_return json::object{{"content", "This server has no custom commands yet."}};
  }
  std::vector<std::string> triggers;
  for (const auto& command : *commands) {
    if (command.enabled) triggers.push_back(command.trigger);
  }
  if (triggers.empty()) {
    co_return json::object{{"content", "All custom commands of this server are switched off."}};
  }
  const auto prefix = context.prefixes ? guild->prefix : std::string(mention);
  json::object embed{{"title", "Custom commands"}, {"description", list(prefix, std::move(triggers))}};
  co_return json::object{{"embeds", json::array{std::move(embed)}}};
}

}  // namespace

SlashCommand commands_command() { return {"commands", Audience::only_the_user, &commands_definition, &run_commands}; }

}  // namespace guildhall::bot
