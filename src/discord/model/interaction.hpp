#pragma once

#include <boost/json/fwd.hpp>
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

/// Somebody used a slash command (Discord: interactions/receiving-and-responding, Interaction Structure).
struct SlashInteraction {
  InteractionId id;
  ApplicationId application;
  base::Secret token;  ///< Whoever has it may answer.
  base::UserId user;
  std::optional<base::GuildId> guild{};      ///< Nothing outside of guilds.
  std::optional<Permissions> permissions{};  ///< Of the user, in the channel; nothing outside of guilds.
  std::string command{};                     ///< `ping`
  std::map<std::string, std::string, std::less<>> string_options{};  ///< By name.
};

/// Nothing where `event` is another interaction, or none.
[[nodiscard]] std::optional<SlashInteraction> parse_slash_interaction(const boost::json::object& event);

/// Somebody used a button or a select menu (Discord: interactions/receiving-and-responding, Interaction Structure).
struct ComponentInteraction {
  InteractionId id;
  ApplicationId application;
  base::Secret token;  ///< Whoever has it may answer.
  base::UserId user;
  std::optional<base::GuildId> guild{};  ///< Nothing outside of guilds.
  ChannelId channel{};
  MessageId message{};            ///< That has the component.
  std::int64_t component_type{};  ///< Discord: components/reference, Component Types.
  std::string custom_id{};        ///< As Discord has it.
  boost::json::object event{};    ///< All of it but the token.
};

/// Nothing where `event` is another interaction, or none.
[[nodiscard]] std::optional<ComponentInteraction> parse_component_interaction(boost::json::object event);

}  // namespace guildhall::discord
