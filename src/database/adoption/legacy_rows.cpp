#include "database/adoption/legacy_rows.hpp"

#include <soci/soci.h>

#include <algorithm>

#include "database/adoption/catalogue.hpp"

namespace guildhall::database::adoption {
namespace {

constexpr std::size_t page = 1000;

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 20 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Of any length: `bigint`, `BIGINT UNSIGNED`, `INTEGER`.
bool is_integer_type(std::string type) {
  for (char& c : type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return type.find("int") != std::string::npos;
}

}  // namespace

LegacyRows::LegacyRows(soci::session& sql, const LegacyTable& table) : sql_(sql), table_(table) {}

std::uint64_t LegacyRows::count() {
  long long rows = 0;
  sql_ << "SELECT COUNT(*) FROM " << quoted(table_.name), soci::into(rows);
  return static_cast<std::uint64_t>(rows);
}

std::vector<LegacyRow> LegacyRows::next_page() {
  if (ended_) return {};
  auto rows = select();
  const bool paged = table_.column(Field::id).has_value();
  ended_ = !paged || rows.size() < page;
  if (!paged || rows.empty()) return rows;
  // An id that is no number in a column of numbers may compare as another than it is written.
  if (last_ && rows.front()[Field::id] == last_) rows.erase(rows.begin());
  if (!rows.empty()) last_ = rows.back()[Field::id];
  return rows;
}

std::vector<LegacyRow> LegacyRows::select() {
  std::vector<Field> fields;
  std::string list;
  for (std::size_t i = 0; i < field_count; ++i) {
    const auto& column = table_.columns[i];
    if (!column) continue;
    fields.push_back(static_cast<Field>(i));
    list.append(list.empty() ? "" : ", ").append(quoted(column->name));
  }
  std::vector<std::string> values(fields.size());
  std::vector<soci::indicator> nulls(fields.size(), soci::i_null);
  soci::statement statement(sql_);
  for (std::size_t i = 0; i < fields.size(); ++i) statement.exchange(soci::into(values[i], nulls[i]));
  const auto where = condition();
  const std::string last = last_.value_or("");
  if (where.find(":last") != std::string::npos) statement.exchange(soci::use(last));
  statement.alloc();
  statement.prepare("SELECT " + list + " FROM " + quoted(table_.name) + where);
  statement.define_and_bind();
  statement.execute();
  std::vector<LegacyRow> rows;
  while (statement.fetch()) {
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (nulls[i] != soci::i_null) row[fields[i]] = values[i];
    }
  }
  return rows;
}

/// Where the next page begins. Databases compare columns of numbers with texts as floating-point numbers, which ids do
/// not fit into; so numbers are written out.
std::string LegacyRows::condition() const {
  const auto& id = table_.column(Field::id);
  if (!id) return "";
  const auto name = quoted(id->name);
  std::string after = " IS NOT NULL";
  if (last_) after = " > " + (is_integer_type(id->type) && is_number(*last_) ? *last_ : std::string(":last"));
  return " WHERE " + name + after + " ORDER BY " + name + " LIMIT " + std::to_string(page);
}

}  // namespace guildhall::database::adoption
