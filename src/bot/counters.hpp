#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/metrics.hpp"

namespace guildhall::bot {

/// How the use of a custom command by a message ended.
enum class CommandOutcome : std::uint8_t {
  answered,
  cooled_down,    ///< Its author or guild used too many commands lately.
  not_permitted,  ///< The bot may not send messages in the channel.
  empty,          ///< The response had no visible content.
  dropped,        ///< Too many messages waited.
  failed,
};

/// How the use of a component ended.
enum class ComponentOutcome : std::uint8_t {
  completed,        ///< Its script completed.
  script_failed,    ///< Its script ended with an error.
  unknown_id,       ///< Its custom id was not signed by us.
  unknown_command,  ///< Its command has been deleted.
  disabled,         ///< Its command is switched off.
  outdated,         ///< Its command no longer has it.
  no_script,
  wrong_caller,
  expired,
  cooled_down,  ///< Its user or guild used too many lately.
  busy,         ///< Too many scripts were running.
  scripts_off,
  database_away,
  too_late,  ///< Discord accepted no response any more: the event came late, or twice.
  dropped,   ///< Too many uses were in flight; this one got no response.
};

/// `wrong_caller`, for metrics.
[[nodiscard]] std::string_view to_string(CommandOutcome outcome);
[[nodiscard]] std::string_view to_string(ComponentOutcome outcome);

/// What the bot has done since the start. Written on its event loop, read on any thread.
struct BotCounters {
  using Counter = std::atomic<std::uint64_t>;

  Counter messages{0};  ///< MESSAGE_CREATE events.
  Counter matched{0};   ///< Messages that started a custom command.
  std::array<Counter, 6> commands{};
  Counter in_flight{0};  ///< Now: messages that are being answered or wait for it.

  Counter interactions{0};  ///< Slash commands that were used.
  Counter interactions_failed{0};

  std::array<Counter, 15> components{};
  Counter components_deferred{0};   ///< Uses to which the bot deferred the response.
  Counter components_in_flight{0};  ///< Now.

  [[nodiscard]] Counter& operator[](CommandOutcome outcome) { return commands[static_cast<std::size_t>(outcome)]; }
  [[nodiscard]] Counter& operator[](ComponentOutcome outcome) { return components[static_cast<std::size_t>(outcome)]; }

  [[nodiscard]] base::MetricFamilies metrics() const;
};

}  // namespace guildhall::bot
