#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>

#include "database/database.hpp"

namespace guildhall::database {

/// Whether a backup may replace an existing file.
enum class Existing : std::uint8_t { refuse, overwrite };

struct BackedUp {
  std::uint64_t bytes = 0;
  std::int64_t schema = 0;  ///< Number of the copy's last migration.
};

/// Writes a snapshot of the SQLite database to `file`, also while guildhall runs, and blocks no reader or writer. The
/// copy gets its name when it has been checked and is on the disk; only its owner can read it. Blocks the caller while
/// the disk reads and writes the whole database. Throws StartError, also if `stop` becomes true meanwhile; then it
/// leaves no file behind.
[[nodiscard]] BackedUp back_up(const Options& options, const std::filesystem::path& file, Existing existing,
                               const std::atomic<bool>& stop);

}  // namespace guildhall::database
