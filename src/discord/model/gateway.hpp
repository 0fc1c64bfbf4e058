#pragma once

#include <boost/json/fwd.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// How many sessions may still be started (Discord: events/gateway, Session Start Limit Structure).
struct SessionStartLimit {
  unsigned total = 0;
  unsigned remaining = 0;
  std::chrono::milliseconds reset_after{0};  ///< Until `remaining` is `total` again.
  unsigned max_concurrency = 1;              ///< IDENTIFYs allowed in five seconds.
};

/// Where the gateway is and how to connect to it (Discord: events/gateway, Get Gateway Bot).
struct GatewayBot {
  std::string url;  ///< `wss://...`, without query.
  unsigned shards = 1;
  SessionStartLimit session_start_limit;
};

/// Nothing where `value` is no such answer, or one that nobody could connect by: no url, no shards.
[[nodiscard]] std::optional<GatewayBot> parse_gateway_bot(const boost::json::value& value);

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
