#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "sim/world/guild_json.hpp"
#include "sim/world/object_reader.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// The member `redirectUris`.
[[nodiscard]] std::vector<std::string> read_redirect_uris(ObjectReader& reader);

/// A world from the text of a world file. Errc::malformed or Errc::invalid, whose field is the JSON pointer to what is
/// wrong.
[[nodiscard]] base::Result<World> parse_world(std::string_view text);

/// The same from a file of at most 64 MB; Errc::not_found if it cannot be read.
[[nodiscard]] base::Result<World> load_world(const std::string& path);

/// The built-in demo world.
[[nodiscard]] World demo_world();

/// A world as parse_world reads it, secrets included.
[[nodiscard]] boost::json::object to_json(const World& world);
[[nodiscard]] boost::json::object to_json(const User& user);

/// Sets the fields that are present; the caller reads `id` and finishes the reader.
void read_fields(ObjectReader& reader, User& user);

}  // namespace guildhall::sim
