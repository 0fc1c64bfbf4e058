#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "database/database.hpp"

namespace guildhall::database {

class Dialect;

/// A dry run reports what it would do, and changes nothing.
enum class Run : std::uint8_t { real, dry };

/// Brings the schema up to date, and creates the database if it is missing. Returns the migrations that it applied,
/// `1 tables` and so on. Blocks. Throws StartError.
[[nodiscard]] std::vector<std::string> upgrade(const Options& options, const base::Clock& clock, Run run);

/// Whether the database is an SQLite file that does not exist yet.
[[nodiscard]] bool is_missing(const Options& options);

/// A connection that may look at the database before guildhall changes it. SQLite's readers leave the file and its
/// journal mode alone; the readers of the servers have too short timeouts.
[[nodiscard]] std::unique_ptr<soci::session> connect_to_inspect(const Options& options, const Dialect& dialect);

/// Calls `work` with the dialect, and turns its soci::soci_error into StartError.
void with_dialect(const Options& options, const std::function<void(const Dialect&)>& work);

}  // namespace guildhall::database
