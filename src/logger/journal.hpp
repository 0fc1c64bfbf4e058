#pragma once

#include <string>
#include <string_view>

#include "base/log.hpp"

// systemd's journal (systemd.exec(5), JOURNAL_STREAM; systemd.journal-fields(7)).
namespace guildhall::logger {

/// Whether what is written to `descriptor` goes to the journal.
[[nodiscard]] bool is_journal(int descriptor);

/// The journal's fields of a record, each as `NAME=value` with a NUL at its end: MESSAGE with the record's fields as
/// on the console, PRIORITY, and each field as GUILDHALL_<NAME>.
[[nodiscard]] std::string journal_entry(const base::LogRecord& record);

/// Sends what `journal_entry` returned. Blocks while the journal takes no more.
void send_to_journal(std::string_view entry);

}  // namespace guildhall::logger
