#include "discord/model/channel.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

std::optional<Overwrite> parse_overwrite(const boost::json::object& object) {
  const auto id = id_field<base::Id<struct OverwriteTag>>(object, "id");
  if (!id) return std::nullopt;
  return Overwrite{id->value(), integer_field(object, "type") == 1,
                   Permissions(id_field<PermissionBits>(object, "allow").value_or(PermissionBits{}).value()),
                   Permissions(id_field<PermissionBits>(object, "deny").value_or(PermissionBits{}).value())};
}

}  // namespace

std::optional<Channel> parse_channel(const boost::json::object& object) {
  const auto id = id_field<ChannelId>(object, "id");
  if (!id) return std::nullopt;
  Channel channel{*id};
  channel.thread = is_thread_type(integer_field(object, "type").value_or(0));
  channel.parent = id_field<ChannelId>(object, "parent_id");
  if (const auto* overwrites = array_field(object, "permission_overwrites")) {
    for (const auto& element : *overwrites) {
      const auto overwrite = element.is_object() ? parse_overwrite(element.get_object()) : std::nullopt;
      if (overwrite) channel.overwrites.push_back(*overwrite);
    }
  }
  return channel;
}

}  // namespace guildhall::discord
