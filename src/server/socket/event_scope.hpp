#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string_view>

#include "discord/model/ids.hpp"

namespace guildhall::server {

/// Who of a guild may get an event of it.
struct EventScope {
  enum class Kind : std::uint8_t {
    guild,    ///< All.
    channel,  ///< Those who may see `channel`.
    content,  ///< Those who see all channels; others without content, because nobody can tell what it shows.
    state,    ///< All, but what it says of channels only those who see all of them.
  };
  Kind kind = Kind::guild;
  discord::ChannelId channel{};
};

/// The scope of an event of a guild; `data` is Discord's.
[[nodiscard]] EventScope scope_of(std::string_view name, const boost::json::object& data);

/// `event`, the payload of Socket.IO's `event`, for somebody who may not see what it says: its data has only ids of
/// guild, channel and message, and it says so by `withheld`.
[[nodiscard]] boost::json::object without_content(const boost::json::object& event);

/// `event`, a GUILD_CREATE, without channels and what is in them.
[[nodiscard]] boost::json::object without_channels(const boost::json::object& event);

}  // namespace guildhall::server
