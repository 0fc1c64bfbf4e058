#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "database/adoption/legacy_schema.hpp"

namespace guildhall::database::adoption {

/// Why rows stay behind, or what was changed in them.
struct Remark {
  std::uint64_t rows = 0;
  std::vector<std::string> examples;  ///< Ids of the first few.
};

/// What becomes of the rows of one table.
struct TableReport {
  static constexpr std::size_t most_examples = 5;

  Model model{};
  std::string old_name;
  std::uint64_t read = 0;
  std::uint64_t taken = 0;
  std::map<std::string, Remark> left;     ///< By the reason.
  std::map<std::string, Remark> changed;  ///< By what was changed.

  /// Adds a row to `remarks`, which is `left` or `changed`.
  static void note(std::map<std::string, Remark>& remarks, const std::string& what, const std::string& row);
};

struct Report {
  std::vector<TableReport> tables;
  /// Old tables and the names under which they are kept.
  std::vector<std::pair<std::string, std::string>> kept;
  std::vector<std::string> wiped;  ///< Columns of secrets that the kept tables do not have any more, `table.column`.

  /// Lines for the person who runs it, each with its line end, in the tense of what is to come or of what was done.
  enum class Tense : std::uint8_t { future, past };
  [[nodiscard]] std::string to_text(Tense tense) const;
};

}  // namespace guildhall::database::adoption
