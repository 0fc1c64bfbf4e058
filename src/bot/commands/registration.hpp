#pragma once

#include <boost/json/array.hpp>

#include "base/log.hpp"
#include "discord/model/ids.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Whether Discord shows `registered` as it would show `wanted`, if it were told so: what it adds by itself, such as
/// ids, and the difference between absent, null, false and empty do not count, nor does the order of commands.
[[nodiscard]] bool same_commands(const boost::json::array& wanted, const boost::json::array& registered);

/// Tells Discord of the built-in slash commands, where what it has differs. Tries again while Discord is away, for some
/// minutes. `api` outlives the task.
[[nodiscard]] net::Task<> register_slash_commands(discord::DiscordApi& api, discord::ApplicationId application,
                                                  base::Log log);

}  // namespace guildhall::bot
