#pragma once

#include "base/id.hpp"

namespace guildhall::discord {

// Snowflakes (Discord: reference, Snowflakes), besides base::UserId and base::GuildId.

using ApplicationId = base::Id<struct ApplicationTag>;
using ChannelId = base::Id<struct ChannelTag>;  ///< Also of a thread.
using EmojiId = base::Id<struct EmojiTag>;
using InteractionId = base::Id<struct InteractionTag>;
using MessageId = base::Id<struct MessageTag>;
using DiscordRoleId = base::Id<struct DiscordRoleTag>;  ///< Of a guild's role; base::RoleId is a row of table `roles`.

}  // namespace guildhall::discord
