#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/world/guild_json.hpp"
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

/// Changes a person by the fields that are there; the caller reads `id` and finishes the reader.
void read_fields(ObjectReader& reader, Person& person);

}  // namespace guildhall::sim
