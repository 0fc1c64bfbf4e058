#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <set>
#include <string>

namespace guildhall::sim {

/// How Discord behaves beyond what its documentation promises, and bots have to live with.
struct Behaviour {
  /// The guilds on a page at most, whatever `limit` asks for.
  std::optional<std::size_t> guilds_per_page;
  // Members that are added to what is shown, where they are absent or null: new ones, and defaults that are filled in.
  boost::json::object command_members;
  boost::json::object option_members;  ///< Of commands.
  boost::json::object component_members;
  boost::json::object embed_members;
  /// Ids and addresses in components and embeds that Discord refuses (50035): of emojis that were deleted, of what a
  /// menu has by default and is gone, of pages that are none.
  std::set<std::string, std::less<>> refused;
};

/// Adds `members` to `object` where they are absent or null.
inline void fill_in(boost::json::object& object, const boost::json::object& members) {
  for (const auto& [name, value] : members) {
    auto& known = object[name];
    if (known.is_null()) known = value;
  }
}

}  // namespace guildhall::sim
