#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/log.hpp"
#include "vm/script.hpp"

namespace guildhall::bot {

/// A finished run of a component's script.
struct RunReport {
  struct Line {
    vm::ConsoleLevel level{};
    std::string text;
  };

  base::GuildId guild;
  base::CommandId command;
  std::uint64_t revision = 0;  ///< Of the command when the message with the component was sent.
  std::string trigger;
  std::string custom_id;  ///< The author's.
  base::UserId user;
  vm::Outcome outcome{};
  std::vector<Line> console{};

  /// Whether the guild's managers should see it: it failed or wrote to its console.
  [[nodiscard]] bool is_notable() const { return !outcome.ok() || !console.empty(); }
};

/// A failed run as a warning, its console at level debug.
void log_run(const RunReport& report, const base::Log& log);

/// Why a run failed, in a line for the guild's managers.
[[nodiscard]] std::string failure_of(const vm::Outcome& outcome);

/// The data of the event `SCRIPT_RUN`, as JSON.
[[nodiscard]] std::string event_of(const RunReport& report);

}  // namespace guildhall::bot
