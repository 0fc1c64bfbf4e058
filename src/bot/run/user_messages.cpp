#include "bot/run/user_messages.hpp"

#include <algorithm>
#include <string_view>

#include "base/text.hpp"

namespace guildhall::bot {
namespace {

constexpr std::int64_t button = 2;
constexpr std::size_t max_name_length = 40;

std::string_view kind(std::int64_t component_type) { return component_type == button ? "button" : "menu"; }

/// A script chooses the name of what it throws; only a plain identifier is shown to others.
bool is_plain(std::string_view name) {
  const auto plain = [](char c) { return base::is_alnum(c) || c == '_' || c == '$'; };
  return !name.empty() && name.size() <= max_name_length && std::ranges::all_of(name, plain);
}

std::string describe_exception(const vm::Outcome& outcome) {
  std::string text = "failed";
  if (is_plain(outcome.name)) text += " with `" + outcome.name + "`";
  if (outcome.position) text += " in line " + std::to_string(outcome.position->line);
  return text;
}

std::string describe_failure(const vm::Outcome& outcome) {
  switch (outcome.ending) {
    case vm::Ending::syntax: return "is not valid JavaScript";
    case vm::Ending::exception: return describe_exception(outcome);
    case vm::Ending::cpu: return "used too much CPU time";
    case vm::Ending::memory: return "used too much memory";
    case vm::Ending::wall: return "took too long";
    case vm::Ending::calls: return "sent too many responses";
    case vm::Ending::call_size: return "sent too much data at once";
    case vm::Ending::forbidden: return "did something that is not allowed";
    case vm::Ending::stopped: return "was stopped because the bot is restarting";
    case vm::Ending::completed:
    case vm::Ending::crashed:
    case vm::Ending::protocol:
    case vm::Ending::busy:
    case vm::Ending::unavailable: break;
  }
  return "could not be run";
}

}  // namespace

std::string message_for(ComponentOutcome outcome, std::int64_t component_type) {
  const std::string component(kind(component_type));
  switch (outcome) {
    case ComponentOutcome::unknown_id: return "The bot does not know this " + component + ".";
    case ComponentOutcome::unknown_command: return "The command of this " + component + " has been deleted.";
    case ComponentOutcome::disabled: return "The command of this " + component + " is switched off.";
    case ComponentOutcome::outdated:
      return "The command has changed and no longer has this " + component + ". Use the command again.";
    case ComponentOutcome::no_script: return "The command of this " + component + " has no script to run.";
    case ComponentOutcome::wrong_caller: return "Only the person who used the command can use this " + component + ".";
    case ComponentOutcome::expired: return "This " + component + " has expired. Use the command again.";
    case ComponentOutcome::cooled_down: return "You are doing that too often. Try again in a moment.";
    case ComponentOutcome::busy: return "The bot is busy. Try again in a moment.";
    case ComponentOutcome::scripts_off: return "The bot cannot run scripts at the moment. Try again later.";
    case ComponentOutcome::database_away: return "The bot's database is not available. Try again in a moment.";
    case ComponentOutcome::completed:
    case ComponentOutcome::script_failed:
    case ComponentOutcome::too_late:
    case ComponentOutcome::dropped: break;
  }
  return "Something went wrong. The error has been logged.";
}

std::string message_for(const vm::Outcome& outcome, std::int64_t component_type) {
  if (outcome.ending == vm::Ending::busy) return message_for(ComponentOutcome::busy, component_type);
  if (outcome.ending == vm::Ending::unavailable) return message_for(ComponentOutcome::scripts_off, component_type);
  return "The script of this " + std::string(kind(component_type)) + " " + describe_failure(outcome) + ".";
}

}  // namespace guildhall::bot
