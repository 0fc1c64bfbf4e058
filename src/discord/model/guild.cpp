#include "discord/model/guild.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <utility>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

std::optional<PartialGuild> parse_partial_guild(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto id = id_field<base::GuildId>(*object, "id");
  if (!id) return std::nullopt;
  const auto bits = id_field<PermissionBits>(*object, "permissions").value_or(PermissionBits{});
  return PartialGuild{*id, text_field(*object, "name").value_or(id->to_string()), text_field(*object, "icon"),
                      flag_field(*object, "owner").value_or(false), Permissions(bits.value())};
}

/// 0 if it is no whole number that fits.
template <class Number>
Number number_field_of(const boost::json::object& object, std::string_view name) {
  const auto number = integer_field(object, name).value_or(0);
  return std::in_range<Number>(number) ? static_cast<Number>(number) : 0;
}

/// Nothing if a field that decides permissions cannot be read.
std::optional<Overwrite> parse_overwrite(const boost::json::value& value) {
  constexpr std::int64_t member = 1;
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto id = id_field<PermissionBits>(*object, "id");
  bool known = id.has_value();
  const auto bits = [object, &known](std::string_view name) {
    const auto parsed = id_field<PermissionBits>(*object, name);
    known = known && (parsed || !object->contains(name));
    return Permissions(parsed.value_or(PermissionBits{}).value());
  };
  const auto allow = bits("allow");
  const auto deny = bits("deny");
  const auto type = integer_field(*object, "type");
  if (!known || !type) return std::nullopt;
  return Overwrite{id->value(), type == member, allow, deny};
}

}  // namespace

std::optional<Channel> parse_channel(const boost::json::object& object) {
  const auto id = id_field<ChannelId>(object, "id");
  const auto type = integer_field(object, "type");
  if (!id || !type) return std::nullopt;
  Channel channel{.id = *id, .type = *type, .parent = id_field<ChannelId>(object, "parent_id").value_or(ChannelId{})};
  const auto* thread = object_field(object, "thread_metadata");
  channel.archived = thread != nullptr && flag_field(*thread, "archived").value_or(false);
  const auto* overwrites = object.if_contains("permission_overwrites");
  if (overwrites != nullptr && !overwrites->is_null()) {
    if (!overwrites->is_array()) return std::nullopt;
    for (const auto& element : overwrites->get_array()) {
      const auto overwrite = parse_overwrite(element);
      if (!overwrite) return std::nullopt;
      channel.overwrites.push_back(*overwrite);
    }
  }
  return channel;
}

std::optional<Role> parse_role(const boost::json::object& object) {
  const auto id = id_field<DiscordRoleId>(object, "id");
  const auto bits = id_field<PermissionBits>(object, "permissions");
  if (!id || !bits) return std::nullopt;
  Role role{*id, Permissions(bits->value())};
  role.name = text_field(object, "name").value_or(std::string());
  role.color = number_field_of<std::uint32_t>(object, "color");
  role.position = number_field_of<std::int32_t>(object, "position");
  role.hoist = flag_field(object, "hoist").value_or(false);
  role.managed = flag_field(object, "managed").value_or(false);
  role.mentionable = flag_field(object, "mentionable").value_or(false);
  if (const auto* tags = object_field(object, "tags"))
    role.bot = id_field<base::UserId>(*tags, "bot_id").value_or(base::UserId{});
  return role;
}

std::optional<Member> parse_member(const boost::json::value& value) {
  const auto* object = value.if_object();
  return object == nullptr ? std::nullopt : parse_member(*object);
}

std::optional<Member> parse_member(const boost::json::object& object) {
  const auto* user = object_field(object, "user");
  const auto* roles = array_field(object, "roles");
  const auto id = user == nullptr ? std::nullopt : id_field<base::UserId>(*user, "id");
  if (!id || roles == nullptr) return std::nullopt;
  Member member{*id};
  for (const auto& element : *roles) {
    const auto role = element.is_string() ? DiscordRoleId::parse(element.get_string()) : std::nullopt;
    if (role) member.roles.push_back(*role);
  }
  return member;
}

std::optional<std::vector<PartialGuild>> parse_partial_guilds(const boost::json::value& value) {
  const auto* array = value.if_array();
  if (array == nullptr) return std::nullopt;
  std::vector<PartialGuild> guilds;
  guilds.reserve(array->size());
  for (const auto& element : *array) {
    if (auto guild = parse_partial_guild(element)) guilds.push_back(std::move(*guild));
  }
  return guilds;
}

}  // namespace guildhall::discord
