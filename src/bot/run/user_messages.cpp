#include "bot/run/user_messages.hpp"

#include <algorithm>
#include <string_view>

namespace guildhall::bot {
namespace {

constexpr std::int64_t button = 2;
constexpr std::size_t longest_name = 40;

std::string_view kind(std::int64_t component_type) { return component_type == button ? "button" : "menu"; }

/// What a script threw may be called anything; what is not a plain name is not repeated.
bool is_plain(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$';
  };
  return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, plain);
}

std::string error_words(const vm::Outcome& outcome) {
  std::string words = "ended with an error";
  if (is_plain(outcome.name)) words += ": `" + outcome.name + "`";
  if (outcome.position) words += " in line " + std::to_string(outcome.position->line);
  return words;
}

std::string ending_words(const vm::Outcome& outcome) {
  switch (outcome.ending) {
    case vm::Ending::syntax: return "is not valid JavaScript";
    case vm::Ending::exception: return error_words(outcome);
    case vm::Ending::cpu: return "took more processor time than allowed";
    case vm::Ending::memory: return "took more memory than allowed";
    case vm::Ending::wall: return "took longer than allowed";
    case vm::Ending::calls: return "answered more often than allowed";
    case vm::Ending::call_size: return "said more at once than allowed";
    case vm::Ending::forbidden: return "tried something that is not allowed";
    case vm::Ending::stopped: return "was ended, as the bot is being restarted";
    case vm::Ending::completed:
    case vm::Ending::crashed:
    case vm::Ending::protocol:
    case vm::Ending::busy:
    case vm::Ending::unavailable: break;
  }
  return "could not be run to its end";
}

}  // namespace

std::string words_for(ComponentOutcome outcome, std::int64_t component_type) {
  const std::string that(kind(component_type));
  switch (outcome) {
    case ComponentOutcome::unknown_id: return "The bot does not know this " + that + ".";
    case ComponentOutcome::unknown_command: return "The command of this " + that + " has been deleted.";
    case ComponentOutcome::outdated:
      return "The command has changed and does not have this " + that + " any more. Use the command again.";
    case ComponentOutcome::no_script: return "The command of this " + that + " has nothing to run.";
    case ComponentOutcome::wrong_caller: return "Only the person who used the command may use this " + that + ".";
    case ComponentOutcome::expired: return "This " + that + " has expired. Use the command again.";
    case ComponentOutcome::cooled_down: return "That was a bit quick. Try again in a moment.";
    case ComponentOutcome::busy: return "Too much is going on just now. Try again in a moment.";
    case ComponentOutcome::scripts_off: return "The bot cannot run scripts just now. Try again later.";
    case ComponentOutcome::database_away: return "The bot's database is away just now. Try again in a moment.";
    case ComponentOutcome::completed:
    case ComponentOutcome::script_failed:
    case ComponentOutcome::too_late:
    case ComponentOutcome::dropped: break;
  }
  return "Something went wrong. It has been noted.";
}

std::string words_for(const vm::Outcome& outcome, std::int64_t component_type) {
  if (outcome.ending == vm::Ending::busy) return words_for(ComponentOutcome::busy, component_type);
  if (outcome.ending == vm::Ending::unavailable) return words_for(ComponentOutcome::scripts_off, component_type);
  return "The script of this " + std::string(kind(component_type)) + " " + ending_words(outcome) + ".";
}

}  // namespace guildhall::bot
