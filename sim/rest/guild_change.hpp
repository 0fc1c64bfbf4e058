#pragma once

#include <string>
#include <utility>

#include "sim/rest/api_route.hpp"
#include "sim/rest/form_reader.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// Replaces the guild with that id by `guild` and publishes every difference. Throws base::ErrorException if the world
/// would not be sound. Pointers into the former guild become invalid.
const Guild& replace_guild(Simulation& sim, Guild guild);

/// Changes a guild by `change(Guild&)` and publishes what became different. The same as above.
template <class Change>
const Guild& change_guild(Simulation& sim, GuildId id, Change change) {
  Guild guild = *sim.world.find_guild(id);
  change(guild);
  return replace_guild(sim, std::move(guild));
}

/// The same by a body that is a list of objects, each read by `change(Guild&, FormReader&)`. Throws DiscordError, and
/// changes nothing, where one is at fault.
template <class Change>
const Guild* change_guild_by_list(const ApiCall& call, const Guild& guild, Change change) {
  const auto list = parse_form_list(call.request.body);
  FormProblems problems;
  Guild after = guild;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const FormProblems::Path path{std::to_string(i)};
    const auto* element = list[i].if_object();
    if (element == nullptr) {
      problems.add(path, "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType");
      continue;
    }
    FormReader form(*element, problems, path);
    change(after, form);
  }
  problems.throw_if_any();
  return &replace_guild(call.sim, std::move(after));
}

}  // namespace guildhall::sim
