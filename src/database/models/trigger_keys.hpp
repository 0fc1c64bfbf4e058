#pragma once

#include <cstddef>

namespace soci {
class session;
}

namespace guildhall::database {

class Dialect;

/// What fill_trigger_keys did.
struct FilledTriggerKeys {
  std::size_t commands = 0;        ///< Got their key.
  std::size_t case_sensitive = 0;  ///< Became case-sensitive, as another one of the guild differs in case alone.
};

/// Gives commands without a `trigger_key` theirs: those from before there were keys, and rows that others inserted.
/// Commands of a guild that were different and would now be the same stay, and go on answering to their own triggers.
/// One transaction. Throws soci::soci_error.
FilledTriggerKeys fill_trigger_keys(soci::session& sql, const Dialect& dialect);

}  // namespace guildhall::database
