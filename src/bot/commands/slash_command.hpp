#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>

#include "discord/model/interaction.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandStore;
class GuildStore;
}  // namespace guildhall::database

namespace guildhall::domain {
class Access;
class Guilds;
}  // namespace guildhall::domain

namespace guildhall::bot {

/// What slash commands work with.
struct SlashContext {
  database::GuildStore& guilds;
  database::CommandStore& commands;
  domain::Access& access;
  domain::Guilds& guild_settings;
  bool message_commands = true;  ///< Whether messages are answered with guilds' own commands,
  bool prefixes = true;          ///< and whether a prefix is enough, or they must mention the bot.
};

/// Who sees what a slash command answers.
enum class Audience : std::uint8_t { everybody, only_the_user };

/// A built-in slash command.
struct SlashCommand {
  std::string_view name;
  Audience audience = Audience::everybody;
  /// As Discord is to show it (Discord: interactions/application-commands, Application Command Structure), without name
  /// and type.
  boost::json::object (*definition)();
  /// What it answers: a message, of which content and embeds. May throw database::Unavailable, and may take its time:
  /// Discord is then told in time that the answer follows.
  net::Task<boost::json::object> (*run)(SlashContext context, discord::SlashInteraction interaction);
};

}  // namespace guildhall::bot
