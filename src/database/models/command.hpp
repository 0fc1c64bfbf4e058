#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace guildhall::database {

/// A row of table `commands`: one custom command of a guild.
struct Command {
  static constexpr const char* table = "commands";

  base::CommandId id;
  base::GuildId guild_id;
  std::string trigger;
  std::string response;                    ///< Compact JSON `{"content":...,"embeds":[...],"components":[...]}`.
  std::optional<std::string> interaction;  ///< The script that its components run.
  std::uint64_t revision = 1;              ///< Counts the changes made to this row, from 1.
  base::Timestamp created_at;
  base::Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(Command, (), (id, guild_id, trigger, response, interaction, revision, created_at, updated_at))

}  // namespace guildhall::database
