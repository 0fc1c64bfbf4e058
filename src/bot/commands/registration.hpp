#pragma once

#include <boost/json/array.hpp>

#include "base/log.hpp"
#include "discord/model/ids.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Whether `registered`, as Discord returns it, equals `wanted`. Ignores what Discord adds, such as ids, the order of
/// commands, and the difference between absent, null, false and empty.
[[nodiscard]] bool same_commands(const boost::json::array& wanted, const boost::json::array& registered);

/// Registers the built-in slash commands with Discord unless it has them already. Retries for some minutes while
/// Discord is away. `api` outlives the task.
[[nodiscard]] net::Task<> register_slash_commands(discord::DiscordApi& api, discord::ApplicationId application,
                                                  base::Log log);

}  // namespace guildhall::bot
