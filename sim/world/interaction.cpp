#include "sim/world/interaction.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::sim {

Interaction& InteractionLog::add(Interaction interaction) {
  if (interactions_.size() == kept) interactions_.pop_front();
  return interactions_.emplace_back(std::move(interaction));
}

Interaction* InteractionLog::find(InteractionId id) {
  const auto at = std::lower_bound(interactions_.begin(), interactions_.end(), id,
                                   [](const Interaction& one, InteractionId wanted) { return one.id < wanted; });
  return at != interactions_.end() && at->id == id ? &*at : nullptr;
}

Interaction* InteractionLog::find_by_token(std::string_view token) {
  // The wanted one is usually among the newest.
  const auto at = std::find_if(interactions_.rbegin(), interactions_.rend(),
                               [&](const Interaction& one) { return one.token == token; });
  return at == interactions_.rend() ? nullptr : &*at;
}

}  // namespace guildhall::sim
