#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/gateway/compression.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/presence.hpp"
#include "discord/gateway/session_store.hpp"

namespace guildhall::discord {

// What is sent to the gateway, as JSON texts (Discord: Gateway Events, Send Events).

/// Bytes of a payload; Discord closes a connection that sends a longer one.
inline constexpr std::size_t max_command = 4096;

/// Which part of the bot's events a connection is for.
struct ShardId {
  unsigned id = 0;
  unsigned count = 1;
};

[[nodiscard]] std::string identify_text(const GatewayOptions& options, ShardId shard);
[[nodiscard]] std::string resume_text(const base::Secret& token, const ResumePoint& point);
/// `sequence`: of the last event; zero where there was none.
[[nodiscard]] std::string heartbeat_text(std::uint64_t sequence);
[[nodiscard]] std::string presence_text(const Presence& presence);
/// Errc::invalid where Discord would refuse it.
[[nodiscard]] base::Result<std::string> members_text(const MembersWanted& wanted);

/// `base`, the URL that Discord named, with the query that tells how we speak.
[[nodiscard]] std::string gateway_url(std::string base, GatewayCompression compression);

}  // namespace guildhall::discord
