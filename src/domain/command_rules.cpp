#include "domain/command_rules.hpp"

#include <algorithm>

#include "api/errors.hpp"

namespace guildhall::domain {

using base::Errc;
using base::Error;

base::Result<void> check_command(const database::Command& command, const database::CommandFacts& facts) {
  if (command.trigger.starts_with(facts.prefix)) return api::errors::trigger_has_prefix;
  if (facts.trigger_taken) return api::errors::trigger_taken;
  if (facts.others >= max_commands) {
    return Error{Errc::conflict, "This server has " + std::to_string(max_commands) +
                                     " commands, which is the limit. Delete one first."};
  }
  return {};
}

base::Result<void> check_prefix(const std::string& prefix, std::span<const std::string> triggers) {
  const auto starts = [&](const std::string& trigger) { return trigger.starts_with(prefix); };
  if (std::ranges::none_of(triggers, starts)) return {};
  return api::errors::prefix_in_trigger;
}

}  // namespace guildhall::domain
