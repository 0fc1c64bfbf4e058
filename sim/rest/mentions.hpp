#pragma once

#include "sim/rest/message_form.hpp"
#include "sim/world/world.hpp"

namespace guildhall::sim {

/// Sets whom `message` pings: those its content names, as far as `allowed` lets it and its author may. Roles that
/// cannot be mentioned, and everyone, need MENTION_EVERYONE. `replied` is the author of the message that it answers.
void set_mentions(Message& message, const World& world, const AllowedMentions& allowed, Permissions of_author,
                  std::optional<UserId> replied);

}  // namespace guildhall::sim
