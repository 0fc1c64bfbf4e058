#pragma once

// For .cpp files of this folder only.

#include <soci/soci.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "database/dialect.hpp"
#include "database/parts.hpp"
#include "database/sql.hpp"

namespace guildhall::database {

/// Where rows go, and which of their columns are given.
struct Destination {
  std::string_view table;
  std::string_view columns;   ///< As in SQL.
  std::size_t count = 0;      ///< How many they are.
  std::string_view number{};  ///< The column with the number that the database gives a row.
};

namespace details {

/// How many rows go into one statement.
inline constexpr std::size_t rows_at_once = 100;

/// One statement for all of `rows`; `numbers` are what it answers, where they are asked for.
template <class Row, class Bind>
void insert_some(soci::session& sql, const Destination& destination, std::span<const Row> rows, Bind bind,
                 std::vector<long long>* numbers) {
  soci::statement statement(sql);
  long long number = 0;
  if (numbers != nullptr) statement.exchange(soci::into(number));
  std::string text = "INSERT INTO ";
  text.append(destination.table).append(" (").append(destination.columns).append(") VALUES ");
  std::size_t value = 0;
  for (const Row& row : rows) {
    bind(statement, row);
    text += value == 0 ? "(" : ", (";
    for (std::size_t column = 0; column < destination.count; ++column) {
      text += (column == 0 ? ":v" : ", :v") + std::to_string(++value);
    }
    text += ')';
  }
  if (numbers != nullptr) text.append(" RETURNING ").append(destination.number);
  statement.alloc();
  statement.prepare(text);
  statement.define_and_bind();
  statement.execute(numbers == nullptr);
  while (numbers != nullptr && statement.fetch()) numbers->push_back(number);
}

/// The numbers of the last `count` rows, which have just been inserted, the first of them with number `first`.
inline void select_numbers(soci::session& sql, const Destination& destination, long long first, std::size_t count,
                           std::vector<long long>& numbers) {
  std::string text = "SELECT ";
  text.append(destination.number).append(" FROM ").append(destination.table).append(" WHERE ");
  text.append(destination.number).append(" >= :first ORDER BY ").append(destination.number);
  long long number = 0;
  soci::statement statement = (sql.prepare << text, soci::into(number), soci::use(first));
  statement.execute();
  for (; count > 0 && statement.fetch(); --count) numbers.push_back(number);
}

}  // namespace details

/// Inserts rows with few statements, since to a server each is a way there and back. `bind` is called with a statement
/// and a row, and exchanges the row's columns, which live as long as the rows. Throws soci::soci_error; what statements
/// before the one that failed have inserted is there then.
template <class Row, class Bind>
void insert_many(soci::session& sql, const Destination& destination, const std::vector<Row>& rows, Bind bind) {
  for (const auto some : in_parts(std::span(rows), details::rows_at_once)) {
    details::insert_some(sql, destination, some, bind, nullptr);
  }
}

/// As insert_many. Answers the numbers of `rows`, in their order. Nobody else may insert meanwhile, which transactions
/// that write see to. `returning`: as has_returning says.
template <class Row, class Bind>
std::vector<long long> insert_numbered(soci::session& sql, const Destination& destination, const std::vector<Row>& rows,
                                       Bind bind, bool returning) {
  std::vector<long long> numbers;
  for (const auto some : in_parts(std::span(rows), details::rows_at_once)) {
    details::insert_some(sql, destination, some, bind, returning ? &numbers : nullptr);
    if (returning) continue;
    // Of several rows MySQL tells the first one's.
    long long number = 0;
    if (!sql.get_last_insert_id(std::string(destination.table), number)) throw soci::soci_error("A row has no number");
    details::select_numbers(sql, destination, number, some.size(), numbers);
  }
  // The order of what RETURNING answers is not promised, that of the numbers is.
  std::ranges::sort(numbers);
  if (numbers.size() != rows.size()) throw soci::soci_error("A row has no number");
  return numbers;
}

template <class Row, class Bind>
std::vector<long long> insert_numbered(soci::session& sql, const Destination& destination, const std::vector<Row>& rows,
                                       Bind bind) {
  return insert_numbered(sql, destination, rows, bind, has_returning(sql));
}

}  // namespace guildhall::database
