#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "database/legacy/legacy_schema.hpp"

namespace soci {
class session;
}

namespace guildhall::database {
class Dialect;
}

namespace guildhall::database::legacy {

/// Reads the tables of the database. Throws soci::soci_error.
[[nodiscard]] Catalogue read_catalogue(soci::session& sql);

/// The names of guildhall's tables, according to its migrations.
[[nodiscard]] std::vector<std::string> own_tables();

/// Throws StartError with what to do if guildhall must not start on the database: one to be imported, one whose import
/// was interrupted, or another program's.
void refuse_foreign(soci::session& sql, const Dialect& dialect);

/// Renames tables, all or none; pairs are the old and the new name. Throws soci::soci_error.
void rename(soci::session& sql, const std::vector<std::pair<std::string, std::string>>& tables);

/// The name of a table or column in a statement.
[[nodiscard]] std::string quote_identifier(const std::string& name);

/// A row of an old table as text, whatever the types of its columns. NULL is nothing, as is a column that is missing.
class LegacyRow {
 public:
  std::optional<std::string>& operator[](const std::string& column) { return values_[column]; }
  const std::optional<std::string>& operator[](std::string_view column) const;

 private:
  std::map<std::string, std::optional<std::string>, std::less<>> values_;
};

/// The rows of an old table, a page at a time, in the order of their ids. Rows without an id are left out.
class LegacyRows {
 public:
  /// Both outlive this.
  LegacyRows(soci::session& sql, const LegacyTable& table) : sql_(sql), table_(table) {}

  /// How many rows the table has, including those that are left out. Throws soci::soci_error.
  [[nodiscard]] std::uint64_t count();
  /// Empty at the end. Throws soci::soci_error.
  [[nodiscard]] std::vector<LegacyRow> next_page();

 private:
  [[nodiscard]] std::string condition(const Column& id) const;
  [[nodiscard]] std::vector<LegacyRow> select(const Column* id);

  soci::session& sql_;
  const LegacyTable& table_;
  std::optional<std::string> last_;
  bool ended_ = false;
};

}  // namespace guildhall::database::legacy
