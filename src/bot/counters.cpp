#include "bot/counters.hpp"

namespace guildhall::bot {
namespace {

constexpr std::array<std::string_view, 6> command_outcomes{"answered", "cooled_down", "not_permitted",
                                                           "empty",    "dropped",     "failed"};
constexpr std::array<std::string_view, 15> component_outcomes{
    "completed", "script_failed", "unknown_id",    "unknown_command", "disabled",
    "outdated",  "no_script",     "wrong_caller",  "expired",         "cooled_down",
    "busy",      "scripts_off",   "database_away", "too_late",        "dropped"};

template <std::size_t Size>
base::MetricFamily by_outcome(std::string name, std::string help, const std::array<std::string_view, Size>& outcomes,
                              const std::array<BotCounters::Counter, Size>& counts) {
  auto family = base::counter(std::move(name), std::move(help));
  for (std::size_t i = 0; i < Size; ++i) family.add(counts[i].load(), {{"outcome", std::string(outcomes[i])}});
  return family;
}

}  // namespace

std::string_view to_string(CommandOutcome outcome) { return command_outcomes.at(static_cast<std::size_t>(outcome)); }

std::string_view to_string(ComponentOutcome outcome) {
  return component_outcomes.at(static_cast<std::size_t>(outcome));
}

base::MetricFamilies BotCounters::metrics() const {
  return {
      by_outcome("bot_custom_commands_total", "Messages that started a custom command, by outcome.", command_outcomes,
                 commands),
      base::counter("bot_messages_total", "Messages that the bot received.", messages.load()),
      base::counter("bot_messages_matched_total", "Messages that started a custom command.", matched.load()),
      base::gauge("bot_answers_under_way", "Messages whose custom command is running or waiting.", in_flight.load()),
      base::counter("bot_interactions_total", "Slash commands that were used.", interactions.load()),
      base::counter("bot_interactions_failed_total", "Slash commands that got no response.",
                    interactions_failed.load()),
      by_outcome("bot_components_total", "Uses of buttons and select menus, by outcome.", component_outcomes,
                 components),
      base::counter("bot_components_deferred_total", "Uses of components whose response the bot deferred.",
                    components_deferred.load()),
      base::gauge("bot_components_running", "Uses of components that are in flight.", components_in_flight.load()),
  };
}

}  // namespace guildhall::bot
