#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/secret.hpp"
#include "discord/gateway/compression.hpp"
#include "discord/gateway/intents.hpp"
#include "discord/gateway/presence.hpp"

namespace guildhall::discord {

struct GatewayOptions {
  base::Secret token;
  Intents intents = Intents::guilds;
  std::optional<unsigned> shards{};  ///< Nothing: as many as Discord recommends.
  GatewayCompression compression = GatewayCompression::zstd_stream;
  std::optional<Presence> presence{};
  unsigned large_threshold = 50;      ///< 50 to 250: in larger guilds Discord leaves out members who are offline.
  std::string user_agent{};           ///< Of the WebSocket's handshake.
  std::string library = "guildhall";  ///< How the program calls itself in IDENTIFY.
};

/// Which members to ask for (Discord: Gateway Events, Request Guild Members).
struct MembersWanted {
  base::GuildId guild{};
  std::vector<base::UserId> users{};  ///< At most 100. Empty: all members, which takes Intents::guild_members.
  std::string nonce{};                ///< At most 32 bytes; comes back with the answer. Empty: none.
};

}  // namespace guildhall::discord
