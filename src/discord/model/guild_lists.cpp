#include "discord/model/guild_lists.hpp"

#include <boost/json/value.hpp>
#include <utility>

#include "discord/model/fields.hpp"
#include "discord/model/user.hpp"

namespace guildhall::discord {

std::optional<ListedChannel> parse_listed_channel(const boost::json::object& object) {
  const auto id = id_field<ChannelId>(object, "id");
  const auto type = integer_field(object, "type");
  auto name = text_field(object, "name");
  if (!id || !type || !name) return std::nullopt;
  return ListedChannel{*id, *type, std::move(*name), id_field<ChannelId>(object, "parent_id"),
                       integer_field(object, "position").value_or(0)};
}

std::optional<ListedEmoji> parse_listed_emoji(const boost::json::object& object) {
  const auto id = id_field<EmojiId>(object, "id");
  auto name = text_field(object, "name");
  if (!id || !name) return std::nullopt;
  return ListedEmoji{*id, std::move(*name), flag_field(object, "animated").value_or(false),
                     flag_field(object, "available").value_or(true)};
}

std::optional<ListedMember> parse_listed_member(const boost::json::object& object) {
  const auto* member_user = object.if_contains("user");
  auto user = member_user == nullptr ? std::nullopt : parse_user(*member_user);
  if (!user) return std::nullopt;
  return ListedMember{user->id, std::move(user->username), std::move(user->global_name), text_field(object, "nick"),
                      std::move(user->avatar)};
}

}  // namespace guildhall::discord
