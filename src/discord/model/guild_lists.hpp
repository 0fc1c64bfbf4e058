#pragma once

#include <boost/describe/class.hpp>
#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "base/id.hpp"
#include "discord/model/ids.hpp"

/// Channels, emojis and members of a guild as the dashboard offers them for choice.
namespace guildhall::discord {

/// A channel or a category (Discord: resources/channel, Channel Structure).
struct ListedChannel {
  ChannelId id;
  std::int64_t type = 0;
  std::string name{};
  std::optional<ChannelId> parent_id{};  ///< The category that it is in.
  std::int64_t position = 0;             ///< Among the channels of its category; smaller ones are above.
};
BOOST_DESCRIBE_STRUCT(ListedChannel, (), (id, type, name, parent_id, position))

/// Discord: resources/emoji, Emoji Structure.
struct ListedEmoji {
  EmojiId id;
  std::string name{};
  bool animated = false;
  bool available = true;  ///< False while the guild lacks the boosts for it.
};
BOOST_DESCRIBE_STRUCT(ListedEmoji, (), (id, name, animated, available))

/// A member with their user (Discord: resources/guild, Guild Member Structure).
struct ListedMember {
  base::UserId id;
  std::string username{};
  std::optional<std::string> global_name{};
  std::optional<std::string> nick{};
  std::optional<std::string> avatar{};  ///< The user's image hash.
};
BOOST_DESCRIBE_STRUCT(ListedMember, (), (id, username, global_name, nick, avatar))

// Nothing if the id, the name or a channel's type is missing.
[[nodiscard]] std::optional<ListedChannel> parse_listed_channel(const boost::json::object& object);
[[nodiscard]] std::optional<ListedEmoji> parse_listed_emoji(const boost::json::object& object);
[[nodiscard]] std::optional<ListedMember> parse_listed_member(const boost::json::object& object);

}  // namespace guildhall::discord
