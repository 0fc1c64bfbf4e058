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
  /// Statements that each end with `;` at the end of a line; types in braces are the dialect's.
  std::string_view sql;
};

/// All that this program knows.
[[nodiscard]] std::span<const Migration> migrations();

/// Applies what of `steps` the database does not have yet, each in a transaction of its own under a lock against other
/// processes. Throws StartError where the database has more than `steps`, or where one cannot be applied (the database
/// then is as the step before left it), and soci::soci_error where the database cannot be used.
void migrate(soci::session& sql, const Dialect& dialect, std::span<const Migration> steps, base::Timestamp now);

/// The number of the last migration applied. Throws soci::soci_error.
[[nodiscard]] std::int64_t schema_version(soci::session& sql);

}  // namespace guildhall::database
