#include "domain/import/sequelize_import.hpp"

#include <soci/soci.h>

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "database/migrator.hpp"
#include "database/models/trigger_keys.hpp"
#include "database/rows.hpp"

namespace guildhall::domain {
namespace {

using database::Dialect;
using database::Run;
using database::StartError;
using database::legacy::Finding;
using database::legacy::importing_prefix;
using database::legacy::kept_prefix;
using database::legacy::LegacyRows;
using database::legacy::LegacyTable;
using database::legacy::Maker;
using database::legacy::quote_identifier;

/// The database's old tables. Throws StartError if it has none, or their new names are taken.
Finding find(soci::session& sql, const Dialect& dialect) {
  const auto catalogue = database::legacy::read_catalogue(sql);
  auto finding = database::legacy::recognise(catalogue, database::legacy::own_tables());
  const std::string database = "The database " + dialect.name();
  if (finding.maker == Maker::guildhall) {
    throw StartError(database + " is guildhall's already: there is nothing to take over.");
  }
  if (finding.maker == Maker::nobody) {
    throw StartError(database + " has none of the tables of the Sequelize models: there is nothing to take over.");
  }
  if (!finding.reason.empty()) {
    throw StartError(database + " was not made by the Sequelize models (" + finding.reason + "). It was not changed.");
  }
  for (const auto& name : finding.conflicting) {
    const auto kept = std::string(kept_prefix) + name;
    if (std::ranges::find(catalogue.tables, kept, &database::legacy::Table::name) != catalogue.tables.end()) {
      throw StartError(database + " has a table " + kept + ", the name that " + name +
                       " would get. Rename that table first.");
    }
  }
  return finding;
}

void rename_all(soci::session& sql, const Finding& finding, std::string_view from, std::string_view to) {
  std::vector<std::pair<std::string, std::string>> tables;
  for (const auto& name : finding.conflicting) {
    tables.emplace_back(std::string(from) + name, std::string(to) + name);
  }
  database::legacy::rename(sql, tables);
}

/// The name of an old table before it was renamed.
std::string original_name(const LegacyTable& table) {
  return table.name.starts_with(importing_prefix) ? table.name.substr(importing_prefix.size()) : table.name;
}

/// Calls `visit` with each column of tokens, which everybody who may read the old tables could read.
template <class Visit>
void for_each_token_column(const Finding& finding, Visit visit) {
  for (const auto& table : finding.tables) {
    for (const auto* name : {"refresh_token", "access_token"}) {
      const auto column = table.columns.find(name);
      if (column != table.columns.end()) visit(table, column->second);
    }
  }
}

/// Adds what becomes of the old tables.
void add_old_tables(const Finding& finding, ImportReport& report) {
  for (const auto& name : finding.conflicting) report.kept.emplace_back(name, std::string(kept_prefix) + name);
  std::ranges::sort(report.kept);
  for_each_token_column(finding, [&](const LegacyTable& table, const auto& column) {
    report.emptied.push_back(std::string(kept_prefix) + original_name(table) + "." + column.name);
  });
}

void empty_token_columns(soci::session& sql, const Finding& finding) {
  if (sql.get_backend_name() == "sqlite3") sql << "PRAGMA secure_delete = ON";
  for_each_token_column(finding, [&](const LegacyTable& table, const auto& column) {
    sql << "UPDATE " << quote_identifier(table.name) << " SET " << quote_identifier(column.name)
        << (column.nullable ? " = NULL" : " = ''");
  });
}

/// The copy is one transaction, so one row means that all are there.
bool is_copied(soci::session& sql) {
  return std::ranges::any_of(std::array{"users", "guilds", "commands", "logs"}, [&](const std::string& table) {
    return database::query_one<long long>(sql, "SELECT 1 FROM " + table + " LIMIT 1").has_value();
  });
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

void give_everybody_user_role(soci::session& sql) {
  database::execute(sql,
                    "INSERT INTO user_roles (user_id, role_id, source) SELECT users.id, roles.id, :source FROM users "
                    "JOIN roles ON roles.name = :name WHERE NOT EXISTS (SELECT 1 FROM user_roles AS held "
                    "WHERE held.user_id = users.id AND held.role_id = roles.id)",
                    std::string(database::role_source::login), std::string(database::user_role));
}

/// Copies the rows of all old tables in a transaction, or reports what that would do.
class Copy {
 public:
  Copy(soci::session& sql, const Seal& seal, base::Timestamp now, Run run)
      : sql_(sql), conversion_(seal, now), run_(run) {}

  [[nodiscard]] ImportReport run(const Finding& finding) {
    std::optional<soci::transaction> transaction;
    if (run_ == Run::real) transaction.emplace(sql_);
    ImportReport report;
    for (const auto& table : finding.tables) report.tables.push_back(copy_table(table));
    if (run_ == Run::real) give_everybody_user_role(sql_);
    if (transaction) transaction->commit();
    return report;
  }

 private:
  TableReport copy_table(const LegacyTable& table) {
    if (table.model == "users") return copy_rows(table, &Conversion::user);
    if (table.model == "roles") return copy_roles(table);
    if (table.model == "user_roles") return copy_rows(table, &Conversion::user_role);
    if (table.model == "guilds") return copy_rows(table, &Conversion::guild);
    if (table.model == "commands") return copy_rows(table, &Conversion::command);
    return copy_rows(table, &Conversion::log);
  }

  /// Roles keep their ids, so they replace the roles that guildhall brings along.
  TableReport copy_roles(const LegacyTable& table) {
    if (run_ == Run::real) sql_ << "DELETE FROM roles";
    auto report = copy_rows(table, &Conversion::role);
    for (const auto role : {database::admin_role, database::user_role}) {
      const std::string name(role);
      if (run_ == Run::real && !conversion_.has_role(base::to_lower(name))) {
        database::execute(sql_, "INSERT INTO roles (name) VALUES (:name)", name);
      }
    }
    return report;
  }

  template <class Row>
  TableReport copy_rows(const LegacyTable& table, base::Result<Row> (Conversion::*convert)(const LegacyRow&)) {
    TableReport report;
    report.old_name = original_name(table);
    LegacyRows rows(sql_, table);
    const auto all = rows.count();
    for (auto page = rows.next_page(); !page.empty(); page = rows.next_page()) {
      std::vector<Row> converted;
      for (const auto& row : page) {
        ++report.read;
        const auto id = row["id"].value_or(row["user_id"].value_or("NULL") + "/" + row["role_id"].value_or("NULL"));
        auto result = (conversion_.*convert)(row);
        if (!result) {
          TableReport::note(report.left, result.error().message, id);
          continue;
        }
        for (const auto& change : conversion_.changed()) TableReport::note(report.changed, change, id);
        converted.push_back(*std::move(result));
      }
      if (run_ == Run::real) database::insert_many(sql_, converted);
      report.imported += converted.size();
    }
    for (; report.read < all; ++report.read) {
      TableReport::note(report.left, "it has no id, or one that another row has", "");
    }
    return report;
  }

  soci::session& sql_;
  Conversion conversion_;
  const Run run_;
};

}  // namespace

ImportReport survey(soci::session& sql, const Dialect& dialect, const Seal& seal, base::Timestamp now) {
  const auto finding = find(sql, dialect);
  auto report = Copy(sql, seal, now, Run::dry).run(finding);
  add_old_tables(finding, report);
  return report;
}

ImportReport take_over(soci::session& sql, const Dialect& dialect, const Seal& seal, base::Timestamp now) {
  lock(sql, dialect);
  auto finding = find(sql, dialect);
  // The names of the old tables tell how far an import has come: they are renamed before the copy, so that nothing
  // writes to them unseen, and again after it.
  if (finding.maker == Maker::sequelize) {
    rename_all(sql, finding, "", importing_prefix);
    finding = find(sql, dialect);
  }
  migrate(sql, dialect, database::migrations(), now);
  auto report = Copy(sql, seal, now, is_copied(sql) ? Run::dry : Run::real).run(finding);
  fill_trigger_keys(sql, dialect);
  empty_token_columns(sql, finding);
  rename_all(sql, finding, importing_prefix, kept_prefix);
  add_old_tables(finding, report);
  return report;
}

ImportReport import_sequelize(const database::Options& options, const base::Clock& clock, const Seal& seal, Run run) {
  if (is_missing(options)) throw StartError("There is no database " + options.storage + ".");
  ImportReport report;
  database::with_dialect(options, [&](const Dialect& dialect) {
    // Finds what cannot be imported or read before anything changes.
    report = survey(*database::connect_to_inspect(options, dialect), dialect, seal, clock.now());
    if (run == Run::real) report = take_over(*dialect.connect(database::Access::schema), dialect, seal, clock.now());
  });
  return report;
}

}  // namespace guildhall::domain
