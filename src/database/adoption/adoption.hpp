#pragma once

#include "base/clock.hpp"
#include "database/adoption/report.hpp"
#include "database/adoption/rules.hpp"

namespace soci {
class session;
}

namespace guildhall::database {
class Dialect;
}

namespace guildhall::database::adoption {

/// What would become of the database's rows. Changes nothing. Throws StartError where the database is not one of the
/// Sequelize models, and soci::soci_error.
[[nodiscard]] Report survey(soci::session& sql, const Dialect& dialect, const Rules& rules, base::Timestamp now);

/// Turns a database of the Sequelize models into guildhall's: sets its tables aside, makes guildhall's, copies all rows
/// that guildhall's rules allow in one transaction, and keeps the old tables under other names, without the tokens in
/// them. Where it is interrupted, at whatever point, another call goes on. No other program may use the database
/// meanwhile. Throws as `survey`.
[[nodiscard]] Report take_over(soci::session& sql, const Dialect& dialect, const Rules& rules, base::Timestamp now);

}  // namespace guildhall::database::adoption
