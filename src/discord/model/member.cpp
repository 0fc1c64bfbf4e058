#include "discord/model/member.hpp"

#include <boost/json/value.hpp>

#include "discord/model/fields.hpp"

namespace guildhall::discord {

std::optional<Member> parse_member(const boost::json::value& value) {
  const auto* object = value.if_object();
  return object == nullptr ? std::nullopt : parse_member(*object);
}

std::optional<Member> parse_member(const boost::json::object& object) {
  const auto* user = object.if_contains("user");
  const auto* roles = object.if_contains("roles");
  if (user == nullptr || !user->is_object() || roles == nullptr || !roles->is_array()) return std::nullopt;
  const auto id = id_field<base::UserId>(user->get_object(), "id");
  if (!id) return std::nullopt;
  Member member{*id};
  for (const auto& element : roles->get_array()) {
    const auto role = element.is_string() ? DiscordRoleId::parse(element.get_string()) : std::nullopt;
    if (!role) return std::nullopt;
    member.roles.push_back(*role);
  }
  return member;
}

}  // namespace guildhall::discord
