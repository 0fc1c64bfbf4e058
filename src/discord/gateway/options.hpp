#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.hpp"

namespace guildhall::net {
class Proxy;
}

namespace guildhall::discord {

/// How Discord compresses what it sends (Discord: Gateway, Transport Compression).
enum class GatewayCompression : std::uint8_t { zstd_stream, zlib_stream, none };

/// As in the query of the gateway's URL; empty for `none`.
[[nodiscard]] constexpr std::string_view to_string(GatewayCompression compression) {
  switch (compression) {
    case GatewayCompression::zstd_stream: return "zstd-stream";
    case GatewayCompression::zlib_stream: return "zlib-stream";
    case GatewayCompression::none: break;
  }
  return "";
}

/// Which events the gateway sends (Discord: Gateway, List of Intents). A set of bits.
enum class Intents : std::uint32_t {
  none = 0,
  guilds = 1U << 0,
  guild_members = 1U << 1,  ///< Privileged.
  guild_moderation = 1U << 2,
  guild_expressions = 1U << 3,
  guild_integrations = 1U << 4,
  guild_webhooks = 1U << 5,
  guild_invites = 1U << 6,
  guild_voice_states = 1U << 7,
  guild_presences = 1U << 8,  ///< Privileged.
  guild_messages = 1U << 9,
  guild_message_reactions = 1U << 10,
  guild_message_typing = 1U << 11,
  direct_messages = 1U << 12,
  direct_message_reactions = 1U << 13,
  direct_message_typing = 1U << 14,
  message_content = 1U << 15,  ///< Privileged.
  guild_scheduled_events = 1U << 16,
  auto_moderation_configuration = 1U << 20,
  auto_moderation_execution = 1U << 21,
  guild_message_polls = 1U << 24,
  direct_message_polls = 1U << 25,
};

[[nodiscard]] constexpr Intents operator|(Intents a, Intents b) {
  return static_cast<Intents>(static_cast<std::uint32_t>(a) | static_cast<std::uint32_t>(b));
}

/// Whether all of `wanted` are in `set`.
[[nodiscard]] constexpr bool contains(Intents set, Intents wanted) {
  return (static_cast<std::uint32_t>(set) & static_cast<std::uint32_t>(wanted)) == static_cast<std::uint32_t>(wanted);
}

/// The privileged intents by their names in the Developer Portal: `Server Members Intent and Message Content Intent`;
/// empty if there are none.
[[nodiscard]] std::string privileged_names(Intents intents);

/// The bot's status and activity (Discord: Gateway Events, Update Presence).
struct Presence {
  enum class Status : std::uint8_t { online, dnd, idle, invisible };
  /// Discord: Gateway Events, Activity Types; those that need no further fields.
  enum class Activity : std::uint8_t { playing = 0, listening = 2, watching = 3, custom = 4, competing = 5 };

  Status status = Status::online;
  Activity activity = Activity::custom;
  std::string text{};  ///< Of the activity, UTF-8; cut to 128 bytes. Empty: no activity.
};

/// The `d` of Update Presence.
[[nodiscard]] boost::json::object to_json(const Presence& presence);

struct GatewayOptions {
  base::Secret token;
  Intents intents = Intents::guilds;
  std::optional<unsigned> shards{};  ///< Nothing: as many as Discord recommends.
  GatewayCompression compression = GatewayCompression::zstd_stream;
  std::optional<Presence> presence{};
  unsigned large_threshold = 50;              ///< 50 to 250: in larger guilds Discord leaves out offline members.
  std::string user_agent{};                   ///< In the WebSocket's handshake.
  std::shared_ptr<const net::Proxy> proxy{};  ///< Null for none.
  std::string library = "guildhall";          ///< The program's name in IDENTIFY.
};

}  // namespace guildhall::discord
