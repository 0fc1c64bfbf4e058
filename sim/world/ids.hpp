#pragma once

#include "base/id.hpp"

namespace guildhall::sim {

// Discord's snowflakes.
using base::GuildId;
using base::UserId;
using ApplicationId = base::Id<struct ApplicationTag>;
using ChannelId = base::Id<struct ChannelTag>;
using AttachmentId = base::Id<struct AttachmentTag>;
using EmojiId = base::Id<struct EmojiTag>;
using InteractionId = base::Id<struct InteractionTag>;
using MessageId = base::Id<struct MessageTag>;
using RoleId = base::Id<struct GuildRoleTag>;
using WebhookId = base::Id<struct WebhookTag>;

}  // namespace guildhall::sim
