#pragma once

// For .cpp files of this folder only.

#include <soci/soci.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "database/sql.hpp"

namespace guildhall::database {

/// Inserts rows with few statements, since to a server each is a way there and back. `head` is `INSERT INTO table
/// (columns) VALUES `; `bind` is called with a statement and a row, and exchanges the row's `columns` values, which
/// live as long as the rows.
template <class Row, class Bind>
void insert_many(soci::session& sql, const std::string& head, std::size_t columns, const std::vector<Row>& rows,
                 Bind bind) {
  constexpr std::size_t most = 100;
  for (std::size_t first = 0; first < rows.size(); first += most) {
    const auto some = std::span(rows).subspan(first, std::min(most, rows.size() - first));
    soci::statement statement(sql);
    std::string text = head;
    std::size_t value = 0;
    for (const Row& row : some) {
      bind(statement, row);
      text += value == 0 ? "(" : ", (";
      for (std::size_t column = 0; column < columns; ++column) {
        text += (column == 0 ? ":v" : ", :v") + std::to_string(++value);
      }
      text += ')';
    }
    statement.alloc();
    statement.prepare(text);
    statement.define_and_bind();
    statement.execute(true);
  }
}

}  // namespace guildhall::database
