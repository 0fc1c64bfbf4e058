#pragma once

#include <unistd.h>

#include <memory>

#include "base/log.hpp"
#include "config/log.hpp"

namespace guildhall::logger {

/// Writes one line for each record (see line.hpp) to `descriptor`, which it does not close. LogFormat::automatic is
/// text on a terminal and JSON elsewhere; text is coloured on a terminal.
///
/// Lines are written by a thread of the sink's own: `write` never waits for the reader of the output. Where the reader
/// stalls, the newest 2048 lines are kept, and a line of level warn says how many were lost. Destroying the sink writes
/// what is left, within a second.
[[nodiscard]] std::shared_ptr<base::LogSink> make_console_sink(config::LogFormat format,
                                                               int descriptor = STDOUT_FILENO);

}  // namespace guildhall::logger
