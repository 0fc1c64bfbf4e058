#include "database/sqlite_dialect.hpp"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <thread>

namespace guildhall::database {
namespace {

constexpr std::string_view memory = ":memory:";

/// The primary result code of SQLite (https://www.sqlite.org/rescode.html).
int result_code(const soci::soci_error& error) {
  const auto* const sqlite_error = dynamic_cast<const soci::sqlite3_soci_error*>(&error);
  return sqlite_error == nullptr ? SQLITE_ERROR : sqlite_error->result() & 0xff;
}

bool folder_exists(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

/// A subcommand that runs with sudo must not make a database that the service, whose directory it is, cannot write.
/// SQLite gives the -wal and -shm files to the owner of the database itself. Where the file system refuses, it stays
/// root's.
void give_to_owner_of(const std::filesystem::path& folder, int file) {
  struct stat owned {};
  if (::geteuid() != 0 || ::stat(folder.c_str(), &owned) != 0 || owned.st_uid == 0) return;
  [[maybe_unused]] const int refused = ::fchown(file, owned.st_uid, owned.st_gid);
}

}  // namespace

SqliteDialect::SqliteDialect(const Options& options)
    : in_memory_(options.storage == memory),
      path_(in_memory_ ? options.storage : std::filesystem::absolute(options.storage).lexically_normal().string()),
      readers_(options.readers),
      busy_timeout_(options.busy_timeout) {}

Dialect::Layout SqliteDialect::layout() const {
  // One transaction writes at a time, so rows of the feed appear in the order of their numbers. In memory there is one
  // connection, because several would share a cache that locks whole tables.
  if (in_memory_) return {0, 1, 256, ChangeFeed::Writers::only_this, 0};
  return {readers_, 1, 256, ChangeFeed::Writers::many, 0};
}

void SqliteDialect::prepare() {
  if (in_memory_) return;
  const std::filesystem::path path{path_};
  if (path_.find('"') != std::string::npos) {
    throw StartError("The database path " + path_ + " has a quotation mark in it. Choose another path.");
  }
  if (folder_exists(path)) throw StartError("The database path " + path_ + " is a directory. Name a file in it.");
  if (!folder_exists(path.parent_path())) {
    throw StartError("The directory " + path.parent_path().string() + " of the database does not exist. Create it.");
  }
  // SQLite would make the file readable for everybody. Its WAL file gets the mode of this one.
  const int file = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file >= 0) {
    give_to_owner_of(path.parent_path(), file);
    ::close(file);
  } else if (errno != EEXIST) {
    throw StartError("The database " + path_ +
                     " cannot be created: " + std::error_code(errno, std::generic_category()).message() + ".");
  }
  files_ = {{path_, "The database file", identify(path_)}};
  if (files_[0].identity == FileIdentity{})
    throw StartError("The database " + path_ + " disappeared while it was opened.");
}

SqliteDialect::FileIdentity SqliteDialect::identify(const std::string& path) {
  struct stat file {};
  if (::stat(path.c_str(), &file) != 0) return {};
  return {file.st_dev, file.st_ino};
}

/// SQLite keeps both beside the database for as long as any connection is open.
void SqliteDialect::remember_files() {
  if (in_memory_) return;
  files_.resize(1);
  files_.push_back({path_ + "-wal", "The database's -wal file", identify(path_ + "-wal")});
  files_.push_back({path_ + "-shm", "The database's -shm file", identify(path_ + "-shm")});
}

std::unique_ptr<soci::session> SqliteDialect::connect(Access access) const {
  auto connection = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + path_ + "\"");
  auto& sql = *connection;
  sql << "PRAGMA busy_timeout = " << busy_timeout_.count();
  if (access != Access::read && !in_memory_) use_wal(sql);
  sql << "PRAGMA synchronous = FULL";  // NORMAL would lose answered writes in a power failure
  sql << "PRAGMA foreign_keys = ON";
  sql << "PRAGMA temp_store = MEMORY";
  sql << "PRAGMA cache_size = -4096";  // KiB a connection, taken as needed
  sql << "PRAGMA journal_size_limit = 16777216";
  if (access == Access::read) sql << "PRAGMA query_only = ON";
  return connection;
}

/// The switch to WAL needs exclusive access, and SQLite does not wait for that: another process may be switching too.
void SqliteDialect::use_wal(soci::session& sql) const {
  const auto deadline = std::chrono::steady_clock::now() + busy_timeout_;
  std::string mode;
  while (mode.empty()) {
    try {
      sql << "PRAGMA journal_mode = WAL", soci::into(mode);
    } catch (const soci::soci_error& error) {
      if (classify(error) != Fault::busy || std::chrono::steady_clock::now() >= deadline) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  if (mode != "wal") {
    throw StartError("The database " + path_ + " is on a file system that does not support SQLite's WAL mode (" + mode +
                     "). Choose a local one.");
  }
}

void SqliteDialect::check_in_place() const {
  for (const auto& file : files_) {
    const auto now = identify(file.path);
    if (now == FileIdentity{}) throw Unavailable(std::string(file.name) + " is gone");
    if (now != file.identity) throw Unavailable(std::string(file.name) + " has been replaced");
  }
}

std::optional<std::uint64_t> SqliteDialect::file_size() const {
  std::error_code failed;
  const auto size = in_memory_ ? 0 : std::filesystem::file_size(path_, failed);
  if (in_memory_ || failed) return std::nullopt;
  return size;
}

std::string SqliteDialect::find_damage(soci::session& sql, const std::atomic<bool>& stop) const {
  constexpr int steps = 10'000;  // of SQLite's virtual machine, less than a millisecond
  auto* const connection = static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
  sqlite_api::sqlite3_progress_handler(
      connection, steps, [](void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; },
      const_cast<std::atomic<bool>*>(&stop));
  std::string found;
  sql << "PRAGMA quick_check(1)", soci::into(found);
  sqlite_api::sqlite3_progress_handler(connection, 0, nullptr, nullptr);
  return found == "ok" ? "" : found;
}

void SqliteDialect::prepare_close(soci::session& sql) const {
  // Closing the last connection does the same, but another process may have the database open.
  if (!in_memory_) sql << "PRAGMA wal_checkpoint(PASSIVE)";
}

void SqliteDialect::begin(soci::session& sql, Access access) const {
  // A transaction that starts with a read and writes later would fail instead of waiting for another writer.
  sql << (access == Access::read ? "BEGIN" : "BEGIN IMMEDIATE");
}

std::string_view SqliteDialect::type(std::string_view name) const {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> types{{
      {"id", "INTEGER"},
      {"serial", "INTEGER PRIMARY KEY AUTOINCREMENT"},
      {"time", "TEXT"},
      {"text", "TEXT"},
      {"json", "TEXT"},
      {"binary", "COLLATE BINARY"},
  }};
  for (const auto& [known, type] : types) {
    if (known == name) return type;
  }
  return {};
}

Fault SqliteDialect::classify(const soci::soci_error& error) const {
  switch (result_code(error)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_INTERRUPT:
    case SQLITE_PROTOCOL: return Fault::busy;
    case SQLITE_FULL: return Fault::full;
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN: return Fault::broken;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return Fault::damaged;
    case SQLITE_CONSTRAINT: return Fault::constraint;
    default: return Fault::bug;
  }
}

std::string SqliteDialect::describe(const soci::soci_error& error) const { return error.get_error_message(); }

std::string SqliteDialect::explain(const soci::soci_error& error) const {
  const std::string database = "The database " + path_;
  switch (result_code(error)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return database + " is locked by another process. End that process, or wait for it.";
    case SQLITE_READONLY:
      // A file that says of itself that it must not be written is damaged, or made by an SQLite of the future.
      if (::access(path_.c_str(), W_OK) == 0) return database + " is damaged. Restore it from a backup.";
      return database + " is read-only. Give this user write permission for it and its directory.";
    case SQLITE_CANTOPEN:
      return database + " cannot be opened. Give this user read and write permission for it and its directory.";
    case SQLITE_NOTADB: return database + " is not an SQLite database. Name another file, or move this one away.";
    case SQLITE_CORRUPT: return database + " is damaged. Restore it from a backup.";
    case SQLITE_FULL: return database + " cannot be written: the disk is full.";
    default: return database + " cannot be used: " + error.get_error_message() + ".";
  }
}

}  // namespace guildhall::database
