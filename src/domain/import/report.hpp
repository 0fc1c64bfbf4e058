#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::domain {

/// Why rows are left out, or what was changed in them.
struct Remark {
  std::uint64_t rows = 0;
  std::vector<std::string> examples;  ///< Ids of the first few.
};

/// The result for the rows of one table.
struct TableReport {
  static constexpr std::size_t max_examples = 5;

  std::string old_name;
  std::uint64_t read = 0;
  std::uint64_t imported = 0;
  std::map<std::string, Remark> left;     ///< By the reason.
  std::map<std::string, Remark> changed;  ///< By what was changed.

  /// Adds a row to `remarks`, which is `left` or `changed`.
  static void note(std::map<std::string, Remark>& remarks, const std::string& what, const std::string& row);
};

struct ImportReport {
  std::vector<TableReport> tables;
  std::vector<std::pair<std::string, std::string>> kept;  ///< Old tables and their new names.
  std::vector<std::string> emptied;                       ///< Columns of tokens in the old tables, `table.column`.

  /// Lines for the operator, each with its line end, about what will be done or was done.
  enum class Tense : std::uint8_t { future, past };
  [[nodiscard]] std::string to_text(Tense tense) const;
};

}  // namespace guildhall::domain
