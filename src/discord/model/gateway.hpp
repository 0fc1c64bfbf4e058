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
  unsigned max_concurrency = 1;              ///< IDENTIFYs within five seconds.
};

/// Where the gateway is and how to connect to it (Discord: events/gateway, Get Gateway Bot).
struct GatewayBot {
  std::string url;  ///< `wss://...`, without query.
  unsigned shards = 1;
  SessionStartLimit session_start_limit;
};

/// Nothing if `value` is malformed, or without a URL or shards.
[[nodiscard]] std::optional<GatewayBot> parse_gateway_bot(const boost::json::value& value);

/// The first event of a new session (Discord: events/gateway-events, Ready).
struct Ready {
  std::string user;  ///< The bot's user as JSON.
  base::UserId user_id;
  ApplicationId application;
  unsigned shard = 0;
  unsigned shards = 1;
  std::vector<base::GuildId> guilds;  ///< All of the bot's guilds that belong to this shard.
};

/// Nothing if `event` is malformed.
[[nodiscard]] std::optional<Ready> parse_ready(const boost::json::object& event);

}  // namespace guildhall::discord
