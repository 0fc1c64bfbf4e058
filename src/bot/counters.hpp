#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace guildhall::bot {

/// What came of somebody's use of a component.
enum class ComponentOutcome : std::uint8_t {
  completed,        ///< Its script came to its end.
  script_failed,    ///< Its script ended badly.
  unknown_id,       ///< Its id is none of ours.
  unknown_command,  ///< Its command has been deleted.
  outdated,         ///< Its command does not have it any more.
  no_script,
  wrong_caller,
  expired,
  cooled_down,  ///< Its user or guild had too many lately.
  busy,         ///< Too many scripts ran already.
  scripts_off,
  database_away,
  too_late,  ///< Discord took no answer any more: news of it came late, or again.
  dropped,   ///< Too many uses were under way; it got no answer.
};

inline constexpr std::size_t component_outcomes = 14;

/// `wrong_caller`, for metrics.
[[nodiscard]] constexpr std::string_view to_string(ComponentOutcome outcome) {
  constexpr std::array<std::string_view, component_outcomes> names{
      "completed", "script_failed", "unknown_id", "unknown_command", "outdated",      "no_script", "wrong_caller",
      "expired",   "cooled_down",   "busy",       "scripts_off",     "database_away", "too_late",  "dropped"};
  return names[static_cast<std::size_t>(outcome)];
}

/// What the bot has done since the start, for /metrics.
struct BotStats {
  std::uint64_t messages = 0;       ///< MESSAGE_CREATE events.
  std::uint64_t matched = 0;        ///< Messages that asked for a custom command.
  std::uint64_t answered = 0;       ///< Of these: answers that Discord took.
  std::uint64_t cooled_down = 0;    ///< Ignored, since their author or guild had too many answers lately.
  std::uint64_t not_permitted = 0;  ///< In channels where the bot may not speak.
  std::uint64_t empty = 0;          ///< With nothing to say.
  std::uint64_t dropped = 0;        ///< Dropped, since too many waited.
  std::uint64_t failed = 0;         ///< Answers that failed otherwise.
  std::uint64_t interactions = 0;   ///< Slash commands that were used.
  std::uint64_t interactions_failed = 0;
  std::uint64_t under_way = 0;                                 ///< Answers that are being made or wait for it, now.
  std::array<std::uint64_t, component_outcomes> components{};  ///< Uses of components, by ComponentOutcome.
  std::uint64_t components_deferred = 0;  ///< Of these: where Discord was told that the answer follows.
  std::uint64_t components_running = 0;   ///< Now.
};

/// Where it is counted: by one thread, while any may read.
struct BotCounters {
  std::atomic<std::uint64_t> messages{0};
  std::atomic<std::uint64_t> matched{0};
  std::atomic<std::uint64_t> answered{0};
  std::atomic<std::uint64_t> cooled_down{0};
  std::atomic<std::uint64_t> not_permitted{0};
  std::atomic<std::uint64_t> empty{0};
  std::atomic<std::uint64_t> dropped{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> interactions{0};
  std::atomic<std::uint64_t> interactions_failed{0};
  std::atomic<std::uint64_t> under_way{0};
  std::array<std::atomic<std::uint64_t>, component_outcomes> components{};
  std::atomic<std::uint64_t> components_deferred{0};
  std::atomic<std::uint64_t> components_running{0};

  void count(ComponentOutcome outcome) { ++components[static_cast<std::size_t>(outcome)]; }

  [[nodiscard]] BotStats read() const {
    BotStats stats{messages, matched, answered,     cooled_down,         not_permitted, empty,
                   dropped,  failed,  interactions, interactions_failed, under_way};
    for (std::size_t i = 0; i < component_outcomes; ++i) stats.components[i] = components[i];
    stats.components_deferred = components_deferred;
    stats.components_running = components_running;
    return stats;
  }
};

}  // namespace guildhall::bot
