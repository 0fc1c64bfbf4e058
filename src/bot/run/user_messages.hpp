#pragma once

#include <cstdint>
#include <string>

#include "bot/counters.hpp"
#include "vm/script.hpp"

namespace guildhall::bot {

// What the person who used a component is told. `component_type` is Discord's (components/reference, Component Types).

/// Why nothing was run.
[[nodiscard]] std::string words_for(ComponentOutcome outcome, std::int64_t component_type);

/// Why the script did not come to its end.
[[nodiscard]] std::string words_for(const vm::Outcome& outcome, std::int64_t component_type);

}  // namespace guildhall::bot
