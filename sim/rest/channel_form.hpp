#pragma once

#include "sim/rest/form_reader.hpp"
#include "sim/simulation.hpp"

namespace guildhall::sim {

/// Sets the fields of a channel of a guild that are there. Throws Missing Permissions where an overwrite allows or
/// denies what the bot does not have in the guild.
void read_channel(FormReader& form, Simulation& sim, const Guild& guild, Channel& channel);

/// An overwrite's `allow` and `deny`, under the same rule.
void read_overwrite(FormReader& form, const Guild& guild, Overwrite& overwrite);

/// The settings of a thread that a message or a post has: `auto_archive_duration`, `rate_limit_per_user` and the like.
void read_thread_settings(FormReader& form, Channel& thread);

}  // namespace guildhall::sim
