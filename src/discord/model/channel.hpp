#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <vector>

#include "discord/model/guild.hpp"
#include "discord/model/ids.hpp"

namespace guildhall::discord {

/// What a role or a member may and may not do in one channel (Discord: topics/permissions, Permission Overwrites).
struct Overwrite {
  std::uint64_t id = 0;  ///< Of the role or the user.
  bool of_member = false;
  Permissions allow;
  Permissions deny;
};

/// The fields of a channel or thread that say what may be done in it (Discord: resources/channel, Channel Structure).
struct Channel {
  ChannelId id;
  std::optional<ChannelId> parent{};  ///< A thread's channel, whose overwrites apply to it.
  bool thread = false;
  std::vector<Overwrite> overwrites{};
};

/// Discord: resources/channel, Channel Types.
[[nodiscard]] constexpr bool is_thread_type(std::int64_t type) { return type >= 10 && type <= 12; }

/// Nothing if it has no id.
[[nodiscard]] std::optional<Channel> parse_channel(const boost::json::object& object);

}  // namespace guildhall::discord
