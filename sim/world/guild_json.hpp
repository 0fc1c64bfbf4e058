#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "sim/world/object_reader.hpp"
#include "sim/world/world.hpp"

/// JSON of guilds, roles, channels and members in the world file and the control API.
namespace guildhall::sim {

[[nodiscard]] boost::json::object to_json(const Guild& guild);
[[nodiscard]] boost::json::object to_json(const Role& role);
[[nodiscard]] boost::json::object to_json(const Channel& channel);
[[nodiscard]] boost::json::object to_json(UserId id, const Member& member);

/// Sets the fields that are present; the caller reads `id` and finishes the reader. `world` makes ids for
/// roles and channels without one.
void read_fields(ObjectReader& reader, Guild& guild, World& world);
void read_fields(ObjectReader& reader, Role& role);
void read_fields(ObjectReader& reader, Channel& channel);
void read_fields(ObjectReader& reader, Member& member);

/// A field that holds permissions.
[[nodiscard]] Permissions read_permissions(ObjectReader& reader, std::string_view name);

}  // namespace guildhall::sim
