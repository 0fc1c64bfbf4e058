#pragma once

#include "base/clock.hpp"
#include "database/upgrade.hpp"
#include "domain/import/conversion.hpp"
#include "domain/import/report.hpp"

namespace guildhall::domain {

/// Turns a database of the Sequelize models into guildhall's: renames its tables, creates guildhall's, copies all rows
/// that pass the checks in one transaction, and keeps the old tables under other names, without the tokens in them. If
/// it is interrupted, at whatever point, another call continues. No other program may use the database meanwhile. A dry
/// run changes nothing. Scripts are not checked, since no script host runs. Blocks. Throws database::StartError.
[[nodiscard]] ImportReport import_sequelize(const database::Options& options, const base::Clock& clock,
                                            const Seal& seal, database::Run run);

/// The parts of it, for a connection. Both throw database::StartError if the database is not one of the Sequelize
/// models, and soci::soci_error.
[[nodiscard]] ImportReport survey(soci::session& sql, const database::Dialect& dialect, const Seal& seal,
                                  base::Timestamp now);
[[nodiscard]] ImportReport take_over(soci::session& sql, const database::Dialect& dialect, const Seal& seal,
                                     base::Timestamp now);

}  // namespace guildhall::domain
