#include "discord/model/partial_guild.hpp"

#include <boost/json/value.hpp>

#include "discord/model/fields.hpp"

namespace guildhall::discord {
namespace {

std::optional<PartialGuild> parse(const boost::json::value& value) {
  const auto* object = value.if_object();
  if (object == nullptr) return std::nullopt;
  const auto id = id_field<base::GuildId>(*object, "id");
  auto name = text_field(*object, "name");
  if (!id || !name) return std::nullopt;
  const auto bits = id_field<PermissionBits>(*object, "permissions").value_or(PermissionBits{});
  return PartialGuild{*id, std::move(*name), text_field(*object, "icon"), flag_field(*object, "owner").value_or(false),
                      Permissions(bits.value())};
}

}  // namespace

std::optional<std::vector<PartialGuild>> parse_partial_guilds(const boost::json::value& value) {
  const auto* array = value.if_array();
  if (array == nullptr) return std::nullopt;
  std::vector<PartialGuild> guilds;
  guilds.reserve(array->size());
  for (const auto& element : *array) {
    auto guild = parse(element);
    if (!guild) return std::nullopt;
    guilds.push_back(std::move(*guild));
  }
  return guilds;
}

}  // namespace guildhall::discord
