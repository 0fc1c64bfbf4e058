#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/session_store.hpp"

namespace guildhall::discord {

// The payloads that are sent to the gateway, as JSON texts (Discord: Gateway Events, Send Events).

/// Bytes of a payload; Discord closes a connection that sends a longer one.
inline constexpr std::size_t max_command = 4096;

struct ShardId {
  unsigned id = 0;
  unsigned count = 1;
};

/// Discord: Gateway Events, Request Guild Members.
struct MembersRequest {
  base::GuildId guild{};
  std::vector<base::UserId> users{};  ///< At most 100. Empty: all members, which requires Intents::guild_members.
  std::string nonce{};                ///< At most 32 bytes; the answer has it, too. Empty: none.
};

[[nodiscard]] std::string identify_text(const GatewayOptions& options, ShardId shard);
[[nodiscard]] std::string resume_text(const base::Secret& token, const ResumePoint& point);
/// `sequence`: of the last event; zero if there was none.
[[nodiscard]] std::string heartbeat_text(std::uint64_t sequence);
[[nodiscard]] std::string presence_text(const Presence& presence);
/// Errc::invalid if Discord would refuse the request.
[[nodiscard]] base::Result<std::string> members_text(const MembersRequest& request);

/// The URL `base` that Discord named, with the query for version, encoding and compression.
[[nodiscard]] std::string gateway_url(std::string base, GatewayCompression compression);

}  // namespace guildhall::discord
