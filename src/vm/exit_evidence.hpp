#pragma once

#include <chrono>
#include <optional>

#include "vm/protocol.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {

/// What is known of a run once its process has ended.
struct ExitEvidence {
  std::optional<Outcome> reported{};         ///< The run's last frame.
  std::optional<Ending> imposed{};           ///< Why we ended the run, if we did.
  bool killed = false;                       ///< We killed the process.
  std::optional<protocol::Record> record{};  ///< How the process ended; absent if guildhall-vm ended first.
};

/// The processor time that guildhall-vm reports of a process that has ended: at most an hour, as more would be forged.
[[nodiscard]] std::chrono::microseconds cpu_of(const protocol::Record& record);

/// Decides how a run ended. The kernel outranks what we observed, and that outranks what the run reported.
[[nodiscard]] Outcome classify_exit(const ExitEvidence& evidence, const ScriptLimits& limits);

}  // namespace guildhall::vm
