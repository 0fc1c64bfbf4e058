#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "sim/world/ids.hpp"
#include "sim/world/permissions.hpp"

namespace guildhall::sim {

/// Discord's channel types.
enum class ChannelType : std::uint8_t {
  guild_text = 0,
  dm = 1,
  guild_voice = 2,
  guild_category = 4,
  guild_announcement = 5,
  announcement_thread = 10,
  public_thread = 11,
  private_thread = 12,
  guild_stage = 13,
  guild_forum = 15,
  guild_media = 16,
};

[[nodiscard]] constexpr bool is_thread(ChannelType type) {
  return type >= ChannelType::announcement_thread && type <= ChannelType::private_thread;
}
/// Whether it holds posts, each of which is a thread, rather than messages.
[[nodiscard]] constexpr bool holds_posts(ChannelType type) {
  return type == ChannelType::guild_forum || type == ChannelType::guild_media;
}

/// What a role or a member is allowed and denied in one channel (Discord: Permissions, "Permission Overwrites").
struct Overwrite {
  bool of_member = false;  ///< Else of a role.
  Permissions allow;
  Permissions deny;

  friend bool operator==(const Overwrite&, const Overwrite&) = default;
};

/// What a thread has beyond a channel (Discord: Channel, "Thread Metadata Object").
struct Thread {
  UserId owner;
  bool archived = false;
  bool locked = false;
  bool invitable = true;             ///< Of a private one: whether members without MANAGE_THREADS may add others.
  int auto_archive_duration = 4320;  ///< Minutes.
  base::Timestamp archive_changed{};
  base::Timestamp created{};
  std::map<UserId, base::Timestamp> members{};  ///< And when they joined.
  int message_count = 0;                        ///< Without the first, and without those deleted.
  int total_message_sent = 0;

  friend bool operator==(const Thread&, const Thread&) = default;
};

struct Channel {
  ChannelId id{};
  std::optional<GuildId> guild{};  ///< None for a direct message.
  ChannelType type = ChannelType::guild_text;
  std::string name{};  ///< Empty for a direct message.
  int position = 0;
  std::optional<std::string> topic{};
  std::optional<UserId> recipient{};  ///< The user, in a direct message.
  std::optional<ChannelId> parent{};  ///< Its category; a thread's channel.
  bool nsfw = false;
  int rate_limit_per_user = 0;                      ///< Seconds.
  std::map<std::uint64_t, Overwrite> overwrites{};  ///< By the id of the role or the member.
  /// Settings that are only kept and shown, as Discord shows them: `bitrate`, `available_tags`, ...
  boost::json::object settings{};
  std::optional<Thread> thread{};  ///< Where it is one.

  friend bool operator==(const Channel&, const Channel&) = default;
};

}  // namespace guildhall::sim
