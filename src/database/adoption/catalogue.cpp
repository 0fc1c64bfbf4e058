#include "database/adoption/catalogue.hpp"

#include <soci/soci.h>

#include <algorithm>

#include "database/dialect.hpp"
#include "database/errors.hpp"
#include "database/migrator.hpp"

namespace guildhall::database::adoption {
namespace {

bool is_sqlite(const soci::session& sql) { return sql.get_backend_name() == "sqlite3"; }

constexpr const char* sqlite_columns =
    "SELECT tables.name, columns.name, columns.type, columns.\"notnull\" = 0 FROM sqlite_master AS tables "
    "JOIN pragma_table_info(tables.name) AS columns "
    "WHERE tables.type = 'table' AND substr(tables.name, 1, 7) <> 'sqlite_' ORDER BY tables.name, columns.cid";

constexpr const char* server_columns =
    "SELECT columns.table_name, columns.column_name, columns.data_type, columns.is_nullable = 'YES' "
    "FROM information_schema.columns AS columns JOIN information_schema.tables AS tables "
    "ON tables.table_schema = columns.table_schema AND tables.table_name = columns.table_name "
    "WHERE columns.table_schema = DATABASE() AND tables.table_type = 'BASE TABLE' "
    "ORDER BY columns.table_name, columns.ordinal_position";

/// A `schema_migrations` of another program has other columns.
bool is_ours(const Table& table) {
  const auto has = [&](std::string_view name) {
    return std::ranges::find(table.columns, name, &Column::name) != table.columns.end();
  };
  return table.name == "schema_migrations" && has("number") && has("applied_at");
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

}  // namespace

Catalogue read_catalogue(soci::session& sql) {
  Catalogue catalogue;
  std::string table;
  Column column;
  int nullable = 0;
  soci::statement statement = (sql.prepare << (is_sqlite(sql) ? sqlite_columns : server_columns), soci::into(table),
                               soci::into(column.name), soci::into(column.type), soci::into(nullable));
  statement.execute();
  while (statement.fetch()) {
    if (catalogue.tables.empty() || catalogue.tables.back().name != table) catalogue.tables.push_back({table, {}});
    column.nullable = nullable != 0;
    catalogue.tables.back().columns.push_back(column);
  }
  for (const auto& found : catalogue.tables) {
    if (is_ours(found)) catalogue.schema = schema_version(sql);
  }
  return catalogue;
}

std::vector<std::string> own_tables() {
  static constexpr std::string_view create = "CREATE TABLE ";
  std::vector<std::string> names{"schema_migrations"};
  for (const auto& migration : migrations()) {
    const auto text = migration.sql;
    for (auto at = text.find(create); at != std::string_view::npos; at = text.find(create, at)) {
      at += create.size();
      names.emplace_back(text.substr(at, text.find_first_of(" (", at) - at));
    }
  }
  return names;
}

void refuse_foreign(soci::session& sql, const Dialect& dialect) {
  const auto finding = recognise(read_catalogue(sql), own_tables());
  const std::string database = "The database " + dialect.name();
  switch (finding.maker) {
    case Maker::nobody:
    case Maker::guildhall: return;
    case Maker::sequelize:
      throw StartError(database +
                       " was made by the Sequelize models: take it over with `guildhall migrate --adopt`, which says "
                       "with --dry-run what it will do.");
    case Maker::interrupted:
      throw StartError(database +
                       " is being taken over, or that was interrupted: finish it with "
                       "`guildhall migrate --adopt`.");
    case Maker::unknown: break;
  }
  throw StartError(database + " has tables of guildhall's names (" + listed(finding.aside) +
                   ") that are somebody else's (" + finding.reason + "): name another database.");
}

void rename(soci::session& sql, const std::vector<Renaming>& renamings) {
  if (renamings.empty()) return;
  if (is_sqlite(sql)) {
    soci::transaction transaction(sql);
    for (const auto& [from, to] : renamings) {
      sql << "ALTER TABLE " << quoted(from) << " RENAME TO " << quoted(to);
    }
    transaction.commit();
    return;
  }
  // One statement of several renamings is atomic, where several statements would not be.
  std::string list;
  for (const auto& [from, to] : renamings) {
    list.append(list.empty() ? "" : ", ").append(quoted(from)).append(" TO ").append(quoted(to));
  }
  sql << "RENAME TABLE " << list;
}

std::string quoted(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text.append(c == '`' ? 2 : 1, c);
  return text += '`';
}

}  // namespace guildhall::database::adoption
