#pragma once

#include <unistd.h>

#include <memory>

#include "base/log.hpp"
#include "config/config.hpp"

namespace guildhall::logger {

/// Writes each record (see format.hpp) to `descriptor`, which it does not close. LogFormat::automatic is text on a
/// terminal, fields where `descriptor` goes to systemd's journal, and JSON elsewhere; text is coloured on a terminal.
///
/// The sink has its own thread, so `write` never waits for the reader of the output. While the reader stalls, the
/// newest 2048 lines are kept; then a warning says how many were lost. The destructor writes the remaining lines,
/// within a second unless the journal stalls.
[[nodiscard]] std::shared_ptr<base::LogSink> make_console_sink(config::LogFormat format,
                                                               int descriptor = STDOUT_FILENO);

}  // namespace guildhall::logger
