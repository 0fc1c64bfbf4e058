#include <string>

#include "api/guild.hpp"
#include "bot/commands/registry.hpp"
#include "bot/commands/words.hpp"
#include "database/models/guild_repository.hpp"

namespace guildhall::bot {
namespace json = boost::json;
namespace {

constexpr int text_option = 3;    // Application Command Option Type
constexpr int guild_context = 0;  // Interaction Context Types
constexpr int longest_prefix = 10;

json::object definition() {
  return {{"description", "Shows or changes what messages to the bot begin with."},
          {"default_member_permissions", discord::Permissions::manage_guild},
          {"contexts", json::array{guild_context}},
          {"options", json::array{json::object{{"type", text_option},
                                               {"name", "new"},
                                               {"description", "The new prefix: 1 to 10 characters, no spaces."},
                                               {"max_length", longest_prefix}}}}};
}

net::Task<std::string> show(SlashContext context, base::GuildId id) {
  auto finding = context.guilds.find(id);
  const auto guild = co_await std::move(finding);
  if (!guild) co_return std::string(unknown_guild);
  co_return "The prefix is " + as_code(guild->prefix) + ".";
}

net::Task<std::string> change(SlashContext context, base::GuildId id, std::string prefix) {
  // As the API does it.
  const auto valid = api::parse_guild_update(json::object{{"prefix", prefix}});
  if (!valid) co_return "This cannot be a prefix. " + valid.error().message;
  auto updating = context.guilds.update(id, prefix, std::nullopt);
  const auto updated = co_await std::move(updating);
  if (updated) co_return "The prefix is now " + as_code(prefix) + ".";
  if (updated.error().code == base::Errc::not_found) co_return std::string(unknown_guild);
  co_return updated.error().message;
}

net::Task<json::object> run(SlashContext context, discord::SlashInteraction interaction) {
  // Discord asks for the permission too, but a guild's admins can tell it not to.
  const auto permissions = interaction.permissions.value_or(discord::Permissions());
  if (!interaction.guild || !permissions.may_manage_guild()) {
    co_return json::object{{"content", "This takes the permission Manage Server."}};
  }
  const auto wanted = interaction.string_options.find("new");
  auto answering = wanted == interaction.string_options.end() ? show(context, *interaction.guild)
                                                     : change(context, *interaction.guild, wanted->second);
  const auto text = co_await std::move(answering);
  co_return json::object{{"content", text}};
}

}  // namespace

SlashCommand prefix_command() { return {"prefix", Audience::only_the_user, &definition, &run}; }

}  // namespace guildhall::bot
