#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/clock.hpp"

namespace soci {
class session;
}

namespace guildhall::database {

class Dialect;

/// One step of the schema. Numbers run from 1 without gaps.
struct Migration {
  std::int64_t number = 0;
  std::string_view name;
  /// Statements that each end with `;` at the end of a line; types in braces are the dialect's. `{server}` begins one
  /// that SQLite does not need, such as a change of a text's length.
  std::string_view sql;
};

/// All migrations of this program.
[[nodiscard]] std::span<const Migration> migrations();

/// Applies those of `steps` that the database does not have yet, each in a transaction, under a lock that excludes
/// other processes. Throws StartError if the database has more than `steps`, or if one fails (then the database is as
/// the step before left it), and soci::soci_error if the database cannot be used.
void migrate(soci::session& sql, const Dialect& dialect, std::span<const Migration> steps, base::Timestamp now);

/// The number of the last migration applied. Throws soci::soci_error.
[[nodiscard]] std::int64_t schema_version(soci::session& sql);

}  // namespace guildhall::database
