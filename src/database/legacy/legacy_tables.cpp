#include "database/legacy/legacy_tables.hpp"

#include <soci/soci.h>

#include <algorithm>

#include "base/text.hpp"
#include "database/dialect.hpp"
#include "database/errors.hpp"
#include "database/migrator.hpp"
#include "database/rows.hpp"

namespace guildhall::database::legacy {
namespace {

constexpr std::size_t page = 1000;

bool is_sqlite(const soci::session& sql) { return sql.get_backend_name() == "sqlite3"; }

struct CatalogueRow {
  std::string table;
  std::string column;
  std::string type;
  int nullable = 0;
};
BOOST_DESCRIBE_STRUCT(CatalogueRow, (), (table, column, type, nullable))

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

/// Another program's `schema_migrations` has other columns.
bool is_ours(const Table& table) {
  const auto has = [&](std::string_view name) {
    return std::ranges::find(table.columns, name, &Column::name) != table.columns.end();
  };
  return table.name == "schema_migrations" && has("number") && has("applied_at");
}

}  // namespace

Catalogue read_catalogue(soci::session& sql) {
  Catalogue catalogue;
  for (auto& row : query<CatalogueRow>(sql, is_sqlite(sql) ? sqlite_columns : server_columns)) {
    if (catalogue.tables.empty() || catalogue.tables.back().name != row.table) {
      catalogue.tables.push_back({row.table, {}});
    }
    catalogue.tables.back().columns.push_back({std::move(row.column), std::move(row.type), row.nullable != 0});
  }
  if (std::ranges::any_of(catalogue.tables, is_ours)) catalogue.schema = schema_version(sql);
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
      throw StartError(
          database +
          " was made by the Sequelize models. Import it with `guildhall migrate --adopt`; add --dry-run to "
          "see first what that does.");
    case Maker::interrupted:
      throw StartError(
          database + " is being imported, or the import was interrupted. Finish it with `guildhall migrate --adopt`.");
    case Maker::unknown: break;
  }
  throw StartError(database + " has tables with names that guildhall needs (" + base::join(finding.conflicting) +
                   "), but they are somebody else's (" + finding.reason + "). Use another database.");
}

void rename(soci::session& sql, const std::vector<std::pair<std::string, std::string>>& tables) {
  if (tables.empty()) return;
  if (is_sqlite(sql)) {
    soci::transaction transaction(sql);
    for (const auto& [from, to] : tables)
      sql << "ALTER TABLE " << quote_identifier(from) << " RENAME TO " << quote_identifier(to);
    transaction.commit();
    return;
  }
  // Several renamings are atomic in one statement only.
  std::string list;
  for (const auto& [from, to] : tables) {
    list.append(list.empty() ? "" : ", ").append(quote_identifier(from)).append(" TO ").append(quote_identifier(to));
  }
  sql << "RENAME TABLE " << list;
}

std::string quote_identifier(const std::string& name) {
  std::string text = "`";
  for (const char c : name) text.append(c == '`' ? 2 : 1, c);
  return text += '`';
}

const std::optional<std::string>& LegacyRow::operator[](std::string_view column) const {
  static const std::optional<std::string> nothing;
  const auto found = values_.find(column);
  return found == values_.end() ? nothing : found->second;
}

std::uint64_t LegacyRows::count() {
  return static_cast<std::uint64_t>(
      *query_one<long long>(sql_, "SELECT COUNT(*) FROM " + quote_identifier(table_.name)));
}

std::vector<LegacyRow> LegacyRows::next_page() {
  if (ended_) return {};
  const auto id = table_.columns.find("id");
  const bool paged = id != table_.columns.end();
  auto rows = select(paged ? &id->second : nullptr);
  ended_ = !paged || rows.size() < page;
  if (!paged || rows.empty()) return rows;
  // An id that is no number, in a column of numbers, may compare as another value than its text.
  if (last_ && std::as_const(rows.front())["id"] == last_) rows.erase(rows.begin());
  if (!rows.empty()) last_ = std::as_const(rows.back())["id"];
  return rows;
}

std::vector<LegacyRow> LegacyRows::select(const Column* id) {
  std::string list;
  for (const auto& [field, column] : table_.columns)
    list.append(list.empty() ? "" : ", ").append(quote_identifier(column.name));
  std::vector<std::string> values(table_.columns.size());
  std::vector<soci::indicator> nulls(values.size(), soci::i_null);
  soci::statement statement(sql_);
  for (std::size_t i = 0; i < values.size(); ++i) statement.exchange(soci::into(values[i], nulls[i]));
  const auto where = id == nullptr ? "" : condition(*id);
  const std::string last = last_.value_or("");
  if (where.find(":last") != std::string::npos) statement.exchange(soci::use(last));
  details::prepare(statement, "SELECT " + list + " FROM " + quote_identifier(table_.name) + where);
  statement.execute();
  std::vector<LegacyRow> rows;
  while (statement.fetch()) {
    auto& row = rows.emplace_back();
    std::size_t i = 0;
    for (const auto& [field, column] : table_.columns) {
      if (nulls[i] != soci::i_null) row[field] = values[i];
      ++i;
    }
  }
  return rows;
}

/// Where the next page begins. Databases compare columns of numbers with texts as floating-point numbers, which lose
/// digits of ids, so numbers are part of the statement.
std::string LegacyRows::condition(const Column& id) const {
  const bool is_number =
      last_ && !last_->empty() && last_->size() <= 20 && last_->find_first_not_of("0123456789") == std::string::npos;
  const bool is_integer = id.type.find("int") != std::string::npos || id.type.find("INT") != std::string::npos;
  std::string after = " IS NOT NULL";
  if (last_) after = " > " + (is_integer && is_number ? *last_ : std::string(":last"));
  return " WHERE " + quote_identifier(id.name) + after + " ORDER BY " + quote_identifier(id.name) + " LIMIT " +
         std::to_string(page);
}

}  // namespace guildhall::database::legacy
