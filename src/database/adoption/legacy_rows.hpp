#pragma once

#include <optional>
#include <string>
#include <vector>

#include "database/adoption/conversion.hpp"

namespace soci {
class session;
}

namespace guildhall::database::adoption {

/// The rows of an old table, a page at a time, in the order of their ids; those without an id are left out.
class LegacyRows {
 public:
  /// Both outlive this.
  LegacyRows(soci::session& sql, const LegacyTable& table);

  /// How many rows the table has, with those that are left out. Throws soci::soci_error.
  [[nodiscard]] std::uint64_t count();

  /// Empty at the end. Throws soci::soci_error.
  [[nodiscard]] std::vector<LegacyRow> next_page();

 private:
  [[nodiscard]] std::string condition() const;
  [[nodiscard]] std::vector<LegacyRow> select();

  soci::session& sql_;
  const LegacyTable& table_;
  std::optional<std::string> last_;
  bool ended_ = false;
};

}  // namespace guildhall::database::adoption
