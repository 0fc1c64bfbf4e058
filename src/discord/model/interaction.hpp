#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "discord/model/guild.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// What all interactions have (Discord: interactions/receiving-and-responding, Interaction Structure).
struct Interaction {
  InteractionId id;
  ApplicationId application;
  base::Secret token;  ///< Allows to respond.
  base::UserId user;
  std::optional<base::GuildId> guild{};  ///< Nothing outside of guilds.
};

/// A slash command was used.
struct SlashInteraction : Interaction {
  std::optional<Permissions> permissions{};                          ///< Of the user, in the channel; only in guilds.
  std::string command{};                                             ///< `ping`
  std::map<std::string, std::string, std::less<>> string_options{};  ///< By name.
};

/// A button or a select menu was used.
struct ComponentInteraction : Interaction {
  ChannelId channel{};
  MessageId message{};            ///< The message with the component.
  std::int64_t component_type{};  ///< Discord: components/reference, Component Types.
  std::string custom_id{};        ///< As Discord has it.
  boost::json::object event{};    ///< All of it except the token.
};

/// Nothing if `event` is another kind of interaction, or malformed.
[[nodiscard]] std::optional<SlashInteraction> parse_slash_interaction(const boost::json::object& event);
[[nodiscard]] std::optional<ComponentInteraction> parse_component_interaction(boost::json::object event);

}  // namespace guildhall::discord
