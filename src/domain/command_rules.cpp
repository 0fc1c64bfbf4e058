#include "domain/command_rules.hpp"

#include <algorithm>

#include "api/errors.hpp"
#include "base/text/word_key.hpp"

namespace guildhall::domain {
namespace {

/// `prefix` as a key.
bool begins_with(std::string_view trigger, std::string_view prefix) { return base::take_prefix(trigger, prefix); }

}  // namespace

base::Result<void> check_command(const database::Command& command, const database::CommandFacts& facts) {
  const auto* const before = facts.before;
  if (database::is_new_trigger(before, command)) {
    if (begins_with(command.trigger, base::word_key(facts.prefix))) return api::errors::trigger_has_prefix;
    if (facts.trigger_taken) return api::errors::trigger_taken;
  }
  if (before == nullptr && facts.others >= max_commands) return api::errors::commands_full;
  const auto size = database::stored_size(command);
  const bool grows = before == nullptr || size > before->size;
  if (grows && facts.others_size + size > max_commands_size) return api::errors::commands_too_large;
  return {};
}

base::Result<void> check_prefix(const std::string& prefix, std::span<const std::string> triggers) {
  const auto key = base::word_key(prefix);
  const auto starts = [&](const std::string& trigger) { return begins_with(trigger, key); };
  if (std::ranges::none_of(triggers, starts)) return {};
  return api::errors::prefix_in_trigger;
}

}  // namespace guildhall::domain
