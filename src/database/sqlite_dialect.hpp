#pragma once

#include <string>
#include <vector>

#include "database/dialect.hpp"

namespace guildhall::database {

/// SQLite 3.38 or later, in WAL mode: readers do not wait for the one connection that writes, and a commit is on the
/// disk when it returns. A database in memory has one connection that does everything.
class SqliteDialect : public Dialect {
 public:
  explicit SqliteDialect(const Options& options);

  [[nodiscard]] Layout layout() const override;
  void prepare() override;
  [[nodiscard]] std::unique_ptr<soci::session> connect(Access access) const override;
  void remember_files() override;
  void check_in_place() const override;
  [[nodiscard]] std::optional<std::uint64_t> file_size() const override;
  [[nodiscard]] std::string find_damage(soci::session& sql, const std::atomic<bool>& stop) const override;
  void prepare_close(soci::session& sql) const override;
  void begin(soci::session& sql, Access access) const override;
  [[nodiscard]] SchemaChange schema_change() const override { return SchemaChange::in_transaction; }
  void lock_schema(soci::session&) const override {}
  void unlock_schema(soci::session&) const override {}
  [[nodiscard]] bool is_done_already(const soci::soci_error&) const override { return false; }
  [[nodiscard]] std::string_view type(std::string_view name) const override;
  [[nodiscard]] std::string_view table_options() const override { return {}; }
  [[nodiscard]] Fault classify(const soci::soci_error& error) const override;
  [[nodiscard]] std::string describe(const soci::soci_error& error) const override;
  [[nodiscard]] std::string explain(const soci::soci_error& error) const override;
  [[nodiscard]] std::string name() const override { return path_; }

 private:
  void use_wal(soci::session& sql) const;

  /// Which file a path leads to; all zero if to none.
  struct FileIdentity {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;

    bool operator==(const FileIdentity&) const = default;
  };
  static FileIdentity identify(const std::string& path);

  /// A file of the database, whose writes would be lost if it were moved or replaced.
  struct File {
    std::string path;
    const char* name;  ///< For messages.
    FileIdentity identity;
  };

  bool in_memory_;
  std::string path_;  // absolute, or `:memory:`
  std::size_t readers_;
  std::chrono::milliseconds busy_timeout_;
  std::vector<File> files_;
};

}  // namespace guildhall::database
