#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "sim/world/world.hpp"

/// Channels, threads, webhooks and invites, as Discord's REST API and its gateway show them.
namespace guildhall::sim {

/// GuildChannelResponse, PrivateChannelResponse or ThreadResponse, that without `member`.
[[nodiscard]] boost::json::object channel_response(const World& world, const Channel& channel);
/// Discord: Channel, "Thread Member Object". `member` is added where `guild` is not nullptr.
[[nodiscard]] boost::json::object thread_member_response(const World& world, const Channel& thread, UserId user,
                                                         const Guild* guild = nullptr);
/// ThreadResponse with the bot's `member`, where it is one.
[[nodiscard]] boost::json::object thread_response(const World& world, const Channel& thread);
/// The threads of a guild that are not archived and that the bot may see.
[[nodiscard]] boost::json::array active_threads(const World& world, const Guild& guild);

/// GuildIncomingWebhookResponse. `origin` (`http://127.0.0.1:8090`) begins its address.
[[nodiscard]] boost::json::object webhook_response(const World& world, const Guild& guild, const Webhook& webhook,
                                                   std::string_view origin);
/// GuildInviteResponse with the fields that its guild's managers see.
[[nodiscard]] boost::json::object invite_response(const World& world, const Guild& guild, const Invite& invite);

}  // namespace guildhall::sim
