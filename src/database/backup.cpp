#include "database/backup.hpp"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

#include "base/random.hpp"
#include "database/migrator.hpp"

namespace guildhall::database {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& file, const std::string& reason) {
  throw StartError("The backup " + file.string() + " was not written: " + reason + ".");
}

std::string reason_of(int error) { return std::error_code(error, std::generic_category()).message(); }

/// An open descriptor of a file or directory.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags, mode_t mode = 0)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] bool is_open() const { return number_ >= 0; }
  [[nodiscard]] bool sync() const { return ::fsync(number_) == 0; }

 private:
  int number_;
};

/// A temporary file beside `target`, removed by the destructor unless `keep` has renamed it to `target`.
class Draft {
 public:
  explicit Draft(const fs::path& target)
      : target_(target), path_(target.parent_path() / ("." + target.filename().string() + "." + base::random_hex(8))) {
    if (!Descriptor(path_, O_WRONLY | O_CREAT | O_EXCL, 0600).is_open()) fail(target_, reason_of(errno));
  }
  ~Draft() {
    std::error_code ignored;
    if (!kept_) fs::remove(path_, ignored);
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

  void keep(Existing existing) {
    if (const Descriptor file(path_, O_RDONLY); !file.is_open() || !file.sync()) fail(target_, reason_of(errno));
    rename(existing);
    kept_ = true;
    if (const Descriptor folder(target_.parent_path(), O_RDONLY | O_DIRECTORY); !folder.is_open() || !folder.sync()) {
      fail(target_, reason_of(errno));
    }
  }

 private:
  void rename(Existing existing) {
    if (existing == Existing::overwrite) {
      if (::rename(path_.c_str(), target_.c_str()) != 0) fail(target_, reason_of(errno));
      return;
    }
    if (::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target_.c_str(), RENAME_NOREPLACE) == 0) return;
    // Some network file systems do not support RENAME_NOREPLACE.
    if (errno != EINVAL) fail(target_, reason_of(errno));
    if (fs::exists(target_)) fail(target_, reason_of(EEXIST));
    if (::rename(path_.c_str(), target_.c_str()) != 0) fail(target_, reason_of(errno));
  }

  const fs::path target_;
  const fs::path path_;
  bool kept_ = false;
};

std::string session_options(const fs::path& path) { return "db=\"" + path.string() + "\""; }

/// Copies page by page in one read transaction, which in WAL mode blocks nobody.
void copy(const fs::path& from, const fs::path& to, std::chrono::milliseconds busy_timeout,
          const std::atomic<bool>& stop) {
  soci::session sql(soci::sqlite3, session_options(from));
  sql << "PRAGMA busy_timeout = " << busy_timeout.count();
  auto* const connection = static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
  static constexpr int steps = 10'000;  // between two checks of `stop`
  sqlite_api::sqlite3_progress_handler(
      connection, steps, [](void* flag) { return static_cast<const std::atomic<bool>*>(flag)->load() ? 1 : 0; },
      const_cast<std::atomic<bool>*>(&stop));
  const std::string name = to.string();
  sql << "VACUUM INTO :name", soci::use(name);
}

/// Returns the copy's schema version. Throws StartError if the copy is damaged, which means that the database is.
std::int64_t check(const fs::path& copy, const fs::path& file) {
  soci::session sql(soci::sqlite3, session_options(copy));
  std::string result;
  sql << "PRAGMA quick_check(1)", soci::into(result);
  if (result != "ok") fail(file, "the database is damaged (" + result + ")");
  return schema_version(sql);
}

void check_paths(const fs::path& database, const fs::path& file, Existing existing) {
  std::error_code none;
  if (!fs::is_regular_file(database, none)) fail(file, "there is no database " + database.string());
  if (fs::is_directory(file, none)) fail(file, "it is a directory");
  if (fs::equivalent(database, file, none)) fail(file, "it is the database itself");
  if (existing == Existing::refuse && fs::exists(fs::symlink_status(file, none))) {
    fail(file, "the file exists, and --overwrite was not given");
  }
  if (file.string().find('"') != std::string::npos) fail(file, "its name has a quotation mark in it");
}

}  // namespace

BackedUp back_up(const Options& options, const fs::path& file, Existing existing, const std::atomic<bool>& stop) {
  if (options.dialect != config::Dialect::sqlite) {
    throw StartError("Backups of " + std::string(config::to_string(options.dialect)) +
                     " are made with mariadb-dump, see docs/operations.md.");
  }
  if (options.storage == ":memory:") throw StartError("A database in memory cannot be backed up.");
  const auto database = fs::absolute(options.storage);
  const auto target = fs::absolute(file).lexically_normal();
  check_paths(database, target, existing);
  Draft draft(target);
  try {
    copy(database, draft.path(), options.busy_timeout, stop);
    const auto schema = check(draft.path(), target);
    const BackedUp done{fs::file_size(draft.path()), schema};
    draft.keep(existing);
    return done;
  } catch (const soci::soci_error& error) {
    fail(target, stop ? "it was interrupted" : error.get_error_message());
  }
}

}  // namespace guildhall::database
