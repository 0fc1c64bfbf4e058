#include "database/adoption/adoption.hpp"

#include <soci/soci.h>

#include <algorithm>

#include "database/adoption/catalogue.hpp"
#include "database/adoption/copy.hpp"
#include "database/dialect.hpp"
#include "database/errors.hpp"
#include "database/migrator.hpp"

namespace guildhall::database::adoption {
namespace {

/// The database's old tables. Throws StartError where it has none, or no room for them.
Finding find(soci::session& sql, const Dialect& dialect) {
  const auto catalogue = read_catalogue(sql);
  auto finding = recognise(catalogue, own_tables());
  const std::string database = "The database " + dialect.name();
  if (finding.maker == Maker::guildhall) {
    throw StartError(database + " is guildhall's already: there is nothing to take over.");
  }
  if (finding.maker == Maker::nobody) {
    throw StartError(database + " has none of the tables of the Sequelize models: there is nothing to take over.");
  }
  if (!finding.reason.empty()) {
    throw StartError(database + " was not made by the Sequelize models (" + finding.reason + ") and is left as it is.");
  }
  for (const auto& name : finding.aside) {
    const auto kept = std::string(kept_prefix) + name;
    if (std::ranges::find(catalogue.tables, kept, &Table::name) != catalogue.tables.end()) {
      throw StartError(database + " has a table " + kept + " already, which " + name +
                       " is to be called: rename it first.");
    }
  }
  return finding;
}

std::vector<Renaming> renamings(const Finding& finding, std::string_view from, std::string_view to) {
  std::vector<Renaming> list;
  for (const auto& name : finding.aside) list.push_back({std::string(from) + name, std::string(to) + name});
  return list;
}

/// Columns of tokens that are readable to all who can read the table.
std::vector<Column> token_columns(const LegacyTable& table) {
  std::vector<Column> columns;
  for (const auto field : {Field::refresh_token, Field::access_token}) {
    if (const auto& column = table.column(field)) columns.push_back(*column);
  }
  return columns;
}

void add_outlook(const Finding& finding, Report& report) {
  for (const auto& name : finding.aside) report.kept.emplace_back(name, std::string(kept_prefix) + name);
  std::ranges::sort(report.kept);
  for (const auto& table : finding.tables) {
    for (const auto& column : token_columns(table)) {
      report.wiped.push_back(std::string(kept_prefix) + std::string(base_name(table)) + "." + column.name);
    }
  }
}

void wipe_tokens(soci::session& sql, const Finding& finding) {
  if (sql.get_backend_name() == "sqlite3") sql << "PRAGMA secure_delete = ON";
  for (const auto& table : finding.tables) {
    for (const auto& column : token_columns(table)) {
      sql << "UPDATE " << quoted(table.name) << " SET " << quoted(column.name)
          << (column.nullable ? " = NULL" : " = ''");
    }
  }
}

/// The copy is one transaction, so any row is all rows.
bool is_copied(soci::session& sql) {
  for (const char* table : {"users", "guilds", "commands", "logs"}) {
    long long rows = 0;
    sql << "SELECT COUNT(*) FROM (SELECT id FROM " << table << " LIMIT 1) AS first", soci::into(rows);
    if (rows > 0) return true;
  }
  return false;
}

/// Keeps every other program out until the connection ends.
void lock(soci::session& sql, const Dialect& dialect) {
  if (sql.get_backend_name() == "sqlite3") {
    std::string mode;
    sql << "PRAGMA locking_mode = EXCLUSIVE", soci::into(mode);
    sql << "BEGIN EXCLUSIVE";
    sql << "COMMIT";
  }
  dialect.lock_schema(sql);
}

}  // namespace

Report survey(soci::session& sql, const Dialect& dialect, const Rules& rules, base::Timestamp now) {
  const auto finding = find(sql, dialect);
  auto report = Copy(sql, rules, now, Copy::Kind::rehearsal).run(finding);
  add_outlook(finding, report);
  return report;
}

Report take_over(soci::session& sql, const Dialect& dialect, const Rules& rules, base::Timestamp now) {
  lock(sql, dialect);
  auto finding = find(sql, dialect);
  if (finding.maker == Maker::sequelize) {
    rename(sql, renamings(finding, "", copying_prefix));
    finding = find(sql, dialect);
  }
  migrate(sql, dialect, migrations(), now);
  const auto kind = is_copied(sql) ? Copy::Kind::rehearsal : Copy::Kind::real;
  auto report = Copy(sql, rules, now, kind).run(finding);
  wipe_tokens(sql, finding);
  rename(sql, renamings(finding, copying_prefix, kept_prefix));
  add_outlook(finding, report);
  return report;
}

}  // namespace guildhall::database::adoption
