#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>

#include "base/id.hpp"
#include "config/config.hpp"

namespace guildhall::app {

enum class DryRun : std::uint8_t { no, yes };  ///< Yes: only says what would be done.
enum class Overwrite : std::uint8_t { no, yes };

// What can be done to the database besides serving it. All say on `out` what they did and throw StartError where they
// cannot do it.

/// Brings the schema up to date.
void migrate(const config::Config& config, DryRun dry_run, std::ostream& out);

/// Takes over a database of the Sequelize models.
void adopt(const config::Config& config, DryRun dry_run, std::ostream& out);

/// Lists, adds and removes those with role ADMIN. guildhalls that run on the same database follow at once.
void list_admins(const config::Config& config, std::ostream& out);
void add_admin(const config::Config& config, base::UserId id, std::ostream& out);
void remove_admin(const config::Config& config, base::UserId id, std::ostream& out);

/// Copies the SQLite database to `file`. SIGINT and SIGTERM end it without a trace; handlers stay set.
void back_up(const config::Config& config, const std::filesystem::path& file, Overwrite overwrite, std::ostream& out);

}  // namespace guildhall::app
