#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "database/adoption/report.hpp"
#include "database/adoption/rules.hpp"
#include "database/database.hpp"

namespace guildhall::database {

/// A dry run says what would be done, and changes nothing.
enum class Run : std::uint8_t { real, dry };

/// Brings the schema up to date, and makes the database where it is missing. Returns the migrations that it applied,
/// `1 tables` and so on. Blocks. Throws StartError.
[[nodiscard]] std::vector<std::string> upgrade(const Options& options, const base::Clock& clock, Run run);

/// Takes over a database that was made by the Sequelize models; see adoption/adoption.hpp. Blocks. Throws StartError.
[[nodiscard]] adoption::Report adopt(const Options& options, const base::Clock& clock, const adoption::Rules& rules,
                                     Run run);

}  // namespace guildhall::database
