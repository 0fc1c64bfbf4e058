#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/world/object_reader.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// A world from the text of a world file. Errc::malformed or Errc::invalid, whose field is the JSON pointer to what is
/// wrong.
[[nodiscard]] base::Result<World> parse_world(std::string_view text);

/// As parse_world, from a file of at most 64 MB; Errc::not_found where it cannot be read.
[[nodiscard]] base::Result<World> load_world(const std::string& path);

/// The demo world that is part of the program.
[[nodiscard]] World demo_world();

/// A world as parse_world reads it, secrets included.
[[nodiscard]] boost::json::object to_json(const World& world);
[[nodiscard]] boost::json::object to_json(const Person& person);
[[nodiscard]] boost::json::object to_json(const Guild& guild);
[[nodiscard]] boost::json::object to_json(const Role& role);
[[nodiscard]] boost::json::object to_json(const Channel& channel);
[[nodiscard]] boost::json::object to_json(UserId id, const Member& member);

/// Change what they are given by the fields that are there; the caller reads `id` and finishes the reader.
void read_fields(ObjectReader& reader, Person& person);
/// `world` gives ids to roles and channels that come without.
void read_fields(ObjectReader& reader, Guild& guild, World& world);
void read_fields(ObjectReader& reader, Role& role);
void read_fields(ObjectReader& reader, Channel& channel);
void read_fields(ObjectReader& reader, Member& member);

/// A field that holds permissions.
[[nodiscard]] Permissions read_permissions(ObjectReader& reader, std::string_view name);

}  // namespace guildhall::sim
