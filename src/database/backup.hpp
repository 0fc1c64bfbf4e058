#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>

#include "database/database.hpp"

namespace guildhall::database {

/// Whether a backup may take the place of a file that is there.
enum class Existing : std::uint8_t { refuse, overwrite };

struct BackedUp {
  std::uint64_t bytes = 0;
  std::int64_t schema = 0;  ///< The last migration that the copy has.
};

/// Writes a copy of the SQLite database to `file` as it is at one moment, whether or not guildhall runs; those who read
/// and write go on meanwhile. The copy is readable by its owner alone, has been checked, is on the disk, and appears
/// under its name only then, as a whole. Blocks, for as long as the disk needs to read and write the database once.
/// Throws StartError, also where `stop` becomes true meanwhile; then no trace stays.
[[nodiscard]] BackedUp back_up(const Options& options, const std::filesystem::path& file, Existing existing,
                               const std::atomic<bool>& stop);

}  // namespace guildhall::database
