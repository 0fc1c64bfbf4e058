#pragma once

#include <boost/describe/class.hpp>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/id.hpp"

namespace guildhall::database {

/// A row of table `guilds`. A guild that the bot has left keeps its row and settings.
struct Guild {
  static constexpr const char* table = "guilds";

  base::GuildId id;
  std::string name;
  std::optional<std::string> icon;  ///< Discord's image hash.
  std::string prefix = "!";
  std::string language = "en";             ///< A BCP 47 tag.
  std::optional<base::Timestamp> left_at;  ///< When the bot was seen to be gone; nothing while it is in the guild.
  base::Timestamp created_at;
  base::Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(Guild, (), (id, name, icon, prefix, language, left_at, created_at, updated_at))

}  // namespace guildhall::database
