#pragma once

// Rows as structs, for .cpp files that talk to the database. A struct with BOOST_DESCRIBE_STRUCT is a row: its members
// are the columns, by name; `Row::table` is its table. Lists (roles of a user) are no columns. A single value is a row
// of one column.

#include <algorithm>
#include <boost/describe/class.hpp>
#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "database/dialect.hpp"
#include "database/sql.hpp"

namespace guildhall::database {

/// How many rows one INSERT has, and how many values one list in a condition.
inline constexpr std::size_t rows_per_statement = 100;

/// `all` in parts of at most `max`.
template <class T>
[[nodiscard]] std::vector<std::span<T>> chunked(std::span<T> all, std::size_t max = rows_per_statement) {
  std::vector<std::span<T>> chunks;
  for (; !all.empty(); all = all.subspan(chunks.back().size())) chunks.push_back(all.first(std::min(max, all.size())));
  return chunks;
}

/// `(:v0, :v1, ...)`, for `IN` and `VALUES`. Names in a statement must differ: another list has another `first`.
[[nodiscard]] inline std::string placeholders(std::size_t count, std::size_t first = 0) {
  std::string list;
  for (std::size_t i = 0; i < count; ++i) list += (i == 0 ? "(:v" : ", :v") + std::to_string(first + i);
  return list + ")";
}

namespace details {

template <class T>
inline constexpr bool is_column = true;
template <class T>
inline constexpr bool is_column<std::vector<T>> = false;

/// Calls `visit` with the description of each column.
template <class Row, class Visit>
void for_each_column(Visit visit) {
  boost::mp11::mp_for_each<boost::describe::describe_members<Row, boost::describe::mod_public>>([&](auto member) {
    using Value = std::remove_cvref_t<decltype(std::declval<Row&>().*member.pointer)>;
    if constexpr (is_column<Value>) visit(member);
  });
}

template <class Row>
void bind_into(soci::statement& statement, Row& row) {
  if constexpr (boost::describe::has_describe_members<Row>::value) {
    for_each_column<Row>([&](auto member) { statement.exchange(soci::into(row.*member.pointer)); });
  } else {
    statement.exchange(soci::into(row));
  }
}

template <class Value>
void bind(soci::statement& statement, const Value& value) {
  statement.exchange(soci::use(value));
}
template <class Value>
void bind(soci::statement& statement, std::span<Value> values) {
  for (const auto& value : values) statement.exchange(soci::use(value));
}

/// All columns but `without`.
template <class Row>
std::string columns(std::string_view without = {}) {
  std::string list;
  for_each_column<Row>([&](auto member) {
    if (member.name != without) list.append(list.empty() ? "`" : ", `").append(member.name).append("`");
  });
  return list;
}

inline void prepare(soci::statement& statement, const std::string& text) {
  statement.alloc();
  statement.prepare(text);
  statement.define_and_bind();
}

}  // namespace details

/// The rows that a query answers. `values` are bound by position, of a span each element. Throws soci::soci_error.
template <class Row, class... Values>
[[nodiscard]] std::vector<Row> query(soci::session& sql, const std::string& text, const Values&... values) {
  Row row{};
  soci::statement statement(sql);
  details::bind_into(statement, row);
  (details::bind(statement, values), ...);
  details::prepare(statement, text);
  statement.execute();
  std::vector<Row> rows;
  while (statement.fetch()) rows.push_back(row);
  return rows;
}

/// The first of them.
template <class Row, class... Values>
[[nodiscard]] std::optional<Row> query_one(soci::session& sql, const std::string& text, const Values&... values) {
  auto rows = query<Row>(sql, text, values...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

/// Rows of `Row::table`; `condition` is what follows the table in SELECT.
template <class Row, class... Values>
[[nodiscard]] std::vector<Row> select(soci::session& sql, const std::string& condition, const Values&... values) {
  return query<Row>(sql, "SELECT " + details::columns<Row>() + " FROM " + Row::table + " " + condition, values...);
}

template <class Row, class... Values>
[[nodiscard]] std::optional<Row> select_one(soci::session& sql, const std::string& condition, const Values&... values) {
  auto rows = select<Row>(sql, condition, values...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

/// Runs a statement without result and returns how many rows it affected.
template <class... Values>
long long execute(soci::session& sql, const std::string& text, const Values&... values) {
  soci::statement statement(sql);
  (details::bind(statement, values), ...);
  details::prepare(statement, text);
  statement.execute(true);
  return statement.get_affected_rows();
}

/// Writes all columns of the row with the same `id`.
template <class Row>
void update(soci::session& sql, const Row& row) {
  soci::statement statement(sql);
  std::string text;
  details::for_each_column<Row>([&](auto member) {
    if (std::string_view(member.name) == "id") return;
    statement.exchange(soci::use(row.*member.pointer));
    text.append(text.empty() ? " SET `" : ", `").append(member.name).append("` = :").append(member.name);
  });
  statement.exchange(soci::use(row.id));
  details::prepare(statement, std::string("UPDATE ") + Row::table + text + " WHERE id = :id");
  statement.execute(true);
}

namespace details {

/// One statement for all of `rows`. Appends the numbers that it answers to `numbers`, if that is set.
template <class Row>
void insert(soci::session& sql, std::span<const Row> rows, std::string_view number, std::vector<long long>* numbers) {
  soci::statement statement(sql);
  long long answer = 0;
  if (numbers != nullptr) statement.exchange(soci::into(answer));
  std::string values;
  std::size_t bound = 0;
  for (const Row& row : rows) {
    const std::size_t first = bound;
    for_each_column<Row>([&](auto member) {
      if (member.name == number) return;
      statement.exchange(soci::use(row.*member.pointer));
      ++bound;
    });
    values.append(values.empty() ? "" : ", ").append(placeholders(bound - first, first));
  }
  auto text = std::string("INSERT INTO ") + Row::table + " (" + columns<Row>(number) + ") VALUES " + values;
  if (numbers != nullptr) text.append(" RETURNING ").append(number);
  prepare(statement, text);
  statement.execute(numbers == nullptr);
  while (numbers != nullptr && statement.fetch()) numbers->push_back(answer);
}

}  // namespace details

/// Inserts rows with few statements, since each one costs a network round trip. If one fails, the rows of those before
/// it are there. Throws soci::soci_error.
template <class Row>
void insert_many(soci::session& sql, const std::vector<Row>& rows) {
  for (const auto chunk : chunked(std::span(rows))) details::insert<Row>(sql, chunk, {}, nullptr);
}

template <class Row>
void insert(soci::session& sql, const Row& row) {
  details::insert<Row>(sql, std::span(&row, 1), {}, nullptr);
}

/// As insert_many, for a table that counts its rows in column `number`. Returns the numbers in the order of `rows`.
/// Nobody else may insert meanwhile; transactions that write exclude each other. `returning`: see has_returning.
template <class Row>
[[nodiscard]] std::vector<long long> insert_numbered(soci::session& sql, const std::vector<Row>& rows,
                                                     const std::string& number, bool returning) {
  std::vector<long long> numbers;
  for (const auto chunk : chunked(std::span(rows))) {
    details::insert<Row>(sql, chunk, number, returning ? &numbers : nullptr);
    if (returning) continue;
    // MySQL names the number of the first row of a statement.
    long long first = 0;
    if (!sql.get_last_insert_id(Row::table, first)) throw soci::soci_error("A row has no number");
    const auto rest = query<long long>(sql,
                                       "SELECT " + number + " FROM " + Row::table + " WHERE " + number +
                                           " >= :first ORDER BY " + number + " LIMIT " + std::to_string(chunk.size()),
                                       first);
    numbers.insert(numbers.end(), rest.begin(), rest.end());
  }
  // RETURNING does not promise an order.
  std::ranges::sort(numbers);
  if (numbers.size() != rows.size()) throw soci::soci_error("A row has no number");
  return numbers;
}

template <class Row>
[[nodiscard]] std::vector<long long> insert_numbered(soci::session& sql, const std::vector<Row>& rows,
                                                     const std::string& number) {
  return insert_numbered(sql, rows, number, has_returning(sql));
}

}  // namespace guildhall::database
