#pragma once

#include <chrono>

#include "sim/world/interaction.hpp"

namespace guildhall::sim {

/// For how long a person waits for an answer to what they did (Discord: Receiving and Responding).
inline constexpr std::chrono::seconds answer_limit{3};
/// For how long the token of an interaction works.
inline constexpr std::chrono::minutes token_lifetime{15};

/// Whether nothing came in time, so that the person was told that the application did not respond.
[[nodiscard]] inline bool has_failed(const Interaction& interaction, base::Timestamp now) {
  return interaction.responses.empty() && now - interaction.created >= answer_limit;
}

}  // namespace guildhall::sim
