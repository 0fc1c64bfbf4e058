#pragma once

#include <boost/json/fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// What a new session begins with (Discord: events/gateway-events, Ready).
struct Ready {
  std::string user;  ///< JSON: the bot's user.
  ApplicationId application;
  unsigned shard = 0;
  unsigned shards = 1;
  std::vector<base::GuildId> guilds;  ///< All that the bot is in and that belong to this shard.
};

/// Nothing where `event` is no such event.
[[nodiscard]] std::optional<Ready> parse_ready(const boost::json::object& event);

}  // namespace guildhall::discord
