#include "domain/command_rules.hpp"

#include <algorithm>

#include "api/errors.hpp"

namespace guildhall::domain {

base::Result<void> check_command(const database::Command& command, const database::CommandFacts& facts) {
  const auto* const before = facts.before;
  const bool renamed = before == nullptr || before->trigger != command.trigger;
  if (renamed && command.trigger.starts_with(facts.prefix)) return api::errors::trigger_has_prefix;
  if (facts.trigger_taken) return api::errors::trigger_taken;
  if (before == nullptr && facts.others >= max_commands) return api::errors::commands_full;
  const auto size = database::stored_size(command);
  const bool grows = before == nullptr || size > before->size;
  if (grows && facts.others_size + size > max_commands_size) return api::errors::commands_too_large;
  return {};
}

base::Result<void> check_prefix(const std::string& prefix, std::span<const std::string> triggers) {
  const auto starts = [&](const std::string& trigger) { return trigger.starts_with(prefix); };
  if (std::ranges::none_of(triggers, starts)) return {};
  return api::errors::prefix_in_trigger;
}

}  // namespace guildhall::domain
