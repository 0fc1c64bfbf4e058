#include <string>

#include "bot/commands/registry.hpp"
#include "bot/commands/words.hpp"
#include "domain/access.hpp"
#include "domain/guilds.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr int max_prefix_length = 80;  // as api/guild.cpp: Discord counts the text of a custom emoji

json::object prefix_definition() {
  return {{"description", "Shows or changes what messages to the bot begin with."},
          {"default_member_permissions", discord::Permissions::manage_guild},
          {"contexts", json::array{guild_context}},
          {"options", json::array{json::object{{"type", text_option},
                                               {"name", "new"},
                                               {"description", "The new prefix: 1 to 10 characters, no spaces."},
                                               {"max_length", max_prefix_length}}}}};
}

/// A custom emoji is shown outside of code alone.
std::string shown(const std::string& prefix) {
  return prefix.find('<') == std::string::npos ? as_code(prefix) : prefix;
}

net::Task<std::string> change(SlashContext context, domain::GuildEditor editor, std::string prefix) {
  auto updating = context.guild_settings.update(std::move(editor), json::object{{"prefix", prefix}});
  const auto updated = co_await std::move(updating);
  if (!updated) co_return updated.error().message;
  co_return "The prefix is now " + shown(prefix) + ".";
}

net::Task<json::object> run_prefix(SlashContext context, discord::SlashInteraction interaction) {
  // Discord checks the permission too, but a guild's admins can switch that off.
  auto editor = co_await context.access.from_slash(interaction.user, interaction.guild,
                                                   interaction.permissions.value_or(discord::Permissions()));
  if (!editor) co_return json::object{{"content", editor.error().message}};
  const auto wanted = interaction.string_options.find("new");
  if (wanted == interaction.string_options.end()) {
    co_return json::object{{"content", "The prefix is " + shown(editor->guild().prefix) + "."}};
  }
  const auto text = co_await change(context, *std::move(editor), wanted->second);
  co_return json::object{{"content", text}};
}

}  // namespace

SlashCommand prefix_command() { return {"prefix", Audience::only_the_user, &prefix_definition, &run_prefix}; }

}  // namespace guildhall::bot
