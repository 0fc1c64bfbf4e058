#pragma once

#include <boost/json/array.hpp>
#include <string>

#include "base/log.hpp"
#include "discord/model/ids.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Whether each of `wanted` is among `registered`, as Discord returns them, and does the same. Discord fills in
/// defaults and adds members; what we do not know, and commands that are not ours, do not count.
[[nodiscard]] bool has_commands(const boost::json::array& registered, const boost::json::array& wanted);

/// What to overwrite all commands with: `wanted`, and those of `registered` that are not ours, which are kept with
/// their ids: the Entry Point command that Discord makes for Activities, and those of other programs.
[[nodiscard]] boost::json::array with_others(boost::json::array wanted, const boost::json::array& registered);

/// Registers the built-in slash commands with Discord unless it has them already, and leaves others alone. Retries for
/// some minutes while Discord is away. Returns a sentence that says what to do where Discord refuses; empty otherwise.
/// `api` outlives the task.
[[nodiscard]] net::Task<std::string> register_slash_commands(discord::DiscordApi& api,
                                                             discord::ApplicationId application, base::Log log);

}  // namespace guildhall::bot
