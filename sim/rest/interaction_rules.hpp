#pragma once

#include <chrono>

#include "sim/world/interaction.hpp"

namespace guildhall::sim {

/// The time limit for the first response (Discord: Receiving and Responding).
inline constexpr std::chrono::seconds answer_limit{3};
/// The lifetime of an interaction token.
inline constexpr std::chrono::minutes token_lifetime{15};

/// Whether no response arrived in time, so that the user saw "the application did not respond".
[[nodiscard]] inline bool has_failed(const Interaction& interaction, base::Timestamp now) {
  return interaction.responses.empty() && now - interaction.created >= answer_limit;
}

}  // namespace guildhall::sim
