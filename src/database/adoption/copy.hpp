#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.hpp"
#include "database/adoption/conversion.hpp"
#include "database/adoption/report.hpp"

namespace soci {
class session;
}

namespace guildhall::database::adoption {

/// An old table's name as it was before it was set aside.
[[nodiscard]] std::string_view base_name(const LegacyTable& table);

/// Copies the rows of all old tables into guildhall's, or only finds out what would become of them.
class Copy {
 public:
  enum class Kind : std::uint8_t { rehearsal, real };

  /// `sql` and `rules` outlive this.
  Copy(soci::session& sql, const Rules& rules, base::Timestamp now, Kind kind)
      : sql_(sql), conversion_(rules, now), kind_(kind) {}

  /// Once; a real copy is one transaction. Throws soci::soci_error.
  [[nodiscard]] Report run(const Finding& finding);

 private:
  [[nodiscard]] TableReport copy_table(const LegacyTable& table);
  template <class Convert, class Insert>
  [[nodiscard]] TableReport copy_rows(const LegacyTable& table, Convert convert, Insert insert);
  [[nodiscard]] TableReport copy_roles(const LegacyTable& table);

  soci::session& sql_;
  Conversion conversion_;
  const Kind kind_;
};

}  // namespace guildhall::database::adoption
