#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "database/models/command.hpp"
#include "database/models/guild.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// A guild of the user, as Discord and the guilds table know it together.
struct UserGuild {
  base::GuildId id;
  std::string name;
  std::optional<std::string> icon;  ///< Discord's image hash.
  bool owner = false;
  std::uint64_t permissions = 0;  ///< Discord's permission bits.
  bool manageable = false;        ///< The user may see and change it here.
  bool bot_in_guild = false;
  std::optional<std::string> prefix;    ///< Set where the bot is in the guild.
  std::optional<std::string> language;  ///< Likewise.
};
BOOST_DESCRIBE_STRUCT(UserGuild, (), (id, name, icon, owner, permissions, manageable, bot_in_guild, prefix, language))

[[nodiscard]] const schema::Schema& user_guilds_schema();
/// An array, as Discord's own list of guilds is.
[[nodiscard]] std::string encode(std::span<const UserGuild> guilds);

/// The body of PUT and PATCH /api/guilds/:id: at least one is set.
struct GuildUpdate {
  std::optional<std::string> prefix;
  std::optional<std::string> language;
};
BOOST_DESCRIBE_STRUCT(GuildUpdate, (), (prefix, language))

[[nodiscard]] const schema::Schema& guild_update_schema();
[[nodiscard]] base::Result<GuildUpdate> parse_guild_update(boost::json::value body);

[[nodiscard]] const schema::Schema& guild_schema();
[[nodiscard]] std::string encode(const database::Guild& guild, std::span<const database::CommandSummary> commands);
/// With whole commands, and `next` for the rest of them.
[[nodiscard]] std::string encode(const database::Guild& guild, const database::CommandPage& commands);

}  // namespace guildhall::api
