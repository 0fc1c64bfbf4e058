#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/log.hpp"
#include "vm/script.hpp"

namespace guildhall::bot {

/// A run of a component's script, for those who want to know how it went.
struct RunReport {
  struct Line {
    vm::ConsoleLevel level{};
    std::string text;
  };

  base::GuildId guild;
  base::CommandId command;
  std::uint64_t revision = 0;  ///< Of the command, when the message with the component was made.
  std::string trigger;
  std::string custom_id;  ///< The author's.
  base::UserId user;
  vm::Outcome outcome{};
  std::vector<Line> console{};

  /// Whether a guild's managers want to know of it.
  [[nodiscard]] bool is_worth_telling() const { return !outcome.ok() || !console.empty(); }
};

/// A warning where the run ended badly; what it wrote to its console as lines of level debug.
void write_to_log(const RunReport& report, const base::Log& log);

/// The data of the event `SCRIPT_RUN`, JSON.
[[nodiscard]] std::string event_of(const RunReport& report);

}  // namespace guildhall::bot
