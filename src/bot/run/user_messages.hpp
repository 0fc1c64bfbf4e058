#pragma once

#include <cstdint>
#include <string>

#include "bot/counters.hpp"
#include "vm/script.hpp"

namespace guildhall::bot {

// Sentences for the user of a component. `component_type` is Discord's (components/reference, Component Types).

/// Why no script was run.
[[nodiscard]] std::string message_for(ComponentOutcome outcome, std::int64_t component_type);

/// Why the script failed.
[[nodiscard]] std::string message_for(const vm::Outcome& outcome, std::int64_t component_type);

}  // namespace guildhall::bot
