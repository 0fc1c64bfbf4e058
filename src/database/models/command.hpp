#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace guildhall::database {

/// A row of table `commands`: one custom command of a guild.
struct Command {
  static constexpr const char* table = "commands";

  base::CommandId id;
  base::GuildId guild_id;
  std::string trigger;
  std::string trigger_key;  ///< base::word_key of the trigger; filled in by those who write the row.
  bool case_sensitive = false;
  bool enabled = true;                     ///< Otherwise the bot does not answer it; its trigger is taken all the same.
  std::string response;                    ///< Compact JSON `{"content":...,"embeds":[...],"components":[...]}`.
  std::optional<std::string> interaction;  ///< The script that its components run.
  std::uint64_t size = 0;      ///< See `stored_size`; kept in the row, so that sums need not read the texts.
  std::uint64_t revision = 1;  ///< Counts the changes made to this row, from 1.
  base::Timestamp created_at;
  base::Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(Command, (),
                      (id, guild_id, trigger, trigger_key, case_sensitive, enabled, response, interaction, size,
                       revision, created_at, updated_at))

/// The bytes of the texts that people write in a command.
[[nodiscard]] inline std::uint64_t stored_size(const Command& command) {
  return command.trigger.size() + command.response.size() + (command.interaction ? command.interaction->size() : 0);
}

/// A command without its script, which is most of its bytes: what lists of a guild's commands have.
struct CommandSummary {
  base::CommandId id;
  base::GuildId guild_id;
  std::string trigger;
  bool case_sensitive = false;
  bool enabled = true;
  std::string response;
  bool has_interaction = false;
  std::uint64_t revision = 1;
  base::Timestamp created_at;
  base::Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(CommandSummary, (),
                      (id, guild_id, trigger, case_sensitive, enabled, response, has_interaction, revision, created_at,
                       updated_at))

[[nodiscard]] inline CommandSummary summary_of(const Command& command) {
  return {command.id,
          command.guild_id,
          command.trigger,
          command.case_sensitive,
          command.enabled,
          command.response,
          command.interaction.has_value(),
          command.revision,
          command.created_at,
          command.updated_at};
}

/// Some of a guild's commands, whole, by falling id.
struct CommandPage {
  std::vector<Command> commands;
  bool more = false;  ///< Whether the guild has commands with lower ids.
};

}  // namespace guildhall::database
