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
  unsigned total = 1000;
  unsigned remaining = 1000;
  std::chrono::milliseconds reset_after{0};  ///< Until `remaining` is `total` again.
  unsigned max_concurrency = 1;              ///< IDENTIFYs within five seconds.
};

/// Where the gateway is and how to connect to it (Discord: events/gateway, Get Gateway Bot).
struct GatewayBot {
  std::string url;  ///< `wss://...`, without query.
  unsigned shards = 1;
  SessionStartLimit session_start_limit;
};

/// Missing fields get a small bot's defaults: one shard and those of SessionStartLimit. Nothing without a URL.
[[nodiscard]] std::optional<GatewayBot> parse_gateway_bot(const boost::json::value& value);

/// The first event of a new session (Discord: events/gateway-events, Ready).
struct Ready {
  std::string user;           ///< The bot's user as JSON; empty without a valid id.
  base::UserId user_id;       ///< 0 if unknown.
  ApplicationId application;  ///< 0 if unknown.
  unsigned shards = 1;
  std::vector<base::GuildId> guilds;  ///< The bot's guilds that belong to this shard.
  bool complete = true;               ///< Whether `guilds` lists all of them and `shards` is known.
};

/// A malformed field counts as absent.
[[nodiscard]] Ready parse_ready(const boost::json::object& event);

}  // namespace guildhall::discord
