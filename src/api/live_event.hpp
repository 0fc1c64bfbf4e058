#pragma once

#include <string>

#include "base/event_bus.hpp"

namespace guildhall::api {

/// The payload of Socket.IO's `ready`: `{user, guilds, shards}`.
[[nodiscard]] std::string encode(const base::BotReady& ready);

/// The payload of Socket.IO's `event`: `{name, shard, guildId, data}`; `guildId` is null without a guild.
[[nodiscard]] std::string encode(const base::GatewayDispatch& dispatch);

}  // namespace guildhall::api
