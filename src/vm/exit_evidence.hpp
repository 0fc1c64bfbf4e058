#pragma once

#include <chrono>
#include <optional>

#include "vm/protocol.hpp"
#include "vm/script.hpp"

namespace guildhall::vm {

/// What is known of a run once its process is gone.
struct ExitEvidence {
  std::optional<Outcome> said{};             ///< Its last frame.
  std::optional<Ending> fault{};             ///< Why it was ended by us, where it was.
  bool killed = false;                       ///< We killed it, for a fault or since it did not end.
  std::optional<protocol::Record> record{};  ///< What its end was; none where guildhall-vm ended before it told.
};

/// How a run ended. What the kernel says outranks what was seen here, and that what the run says of itself.
[[nodiscard]] Outcome classify_exit(const ExitEvidence& evidence, const ScriptLimits& limits);

}  // namespace guildhall::vm
