#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "discord/model/ids.hpp"
#include "discord/model/permissions.hpp"

namespace guildhall::discord {

/// Somebody used a slash command (Discord: interactions/receiving-and-responding, Interaction Structure).
struct SlashInteraction {
  InteractionId id;
  ApplicationId application;
  base::Secret token;  ///< Whoever has it may answer.
  base::UserId user;
  std::optional<base::GuildId> guild{};                     ///< Nothing outside of guilds.
  std::optional<Permissions> permissions{};                 ///< Of the user, in the channel; nothing outside of guilds.
  std::string command{};                                    ///< `ping`
  std::map<std::string, std::string, std::less<>> texts{};  ///< The options that are text, by name.
};

/// Nothing where `event` is another interaction, or none.
[[nodiscard]] std::optional<SlashInteraction> parse_slash_interaction(const boost::json::object& event);

}  // namespace guildhall::discord
