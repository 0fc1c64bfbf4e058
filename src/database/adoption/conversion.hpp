#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "database/adoption/legacy_schema.hpp"
#include "database/adoption/rules.hpp"
#include "database/models/command.hpp"
#include "database/models/guild.hpp"
#include "database/models/log.hpp"
#include "database/models/user.hpp"

namespace guildhall::database::adoption {

/// A row of an old table as text, whatever the types of its columns. Nothing is NULL, or a column that is not there.
class LegacyRow {
 public:
  std::optional<std::string>& operator[](Field field) { return values_[static_cast<std::size_t>(field)]; }
  const std::optional<std::string>& operator[](Field field) const { return values_[static_cast<std::size_t>(field)]; }

 private:
  std::array<std::optional<std::string>, field_count> values_;
};

struct AdoptedUser {
  User user;  ///< Without roles.
  std::optional<std::string> sealed_refresh_token;
};

struct AdoptedUserRole {
  base::UserId user;
  base::RoleId role;
};

/// Turns rows of the old tables into ours, in the order of Model. It remembers what it has taken over, since later
/// rows refer to it; an error's message is the reason why a row stays behind. Does no I/O.
class Conversion {
 public:
  /// `now` is for rows that do not say when they were made, and no log is newer.
  Conversion(const Rules& rules, base::Timestamp now) : rules_(rules), now_(now) {}

  [[nodiscard]] base::Result<AdoptedUser> user(const LegacyRow& row);
  [[nodiscard]] base::Result<Role> role(const LegacyRow& row);
  [[nodiscard]] base::Result<AdoptedUserRole> user_role(const LegacyRow& row);
  [[nodiscard]] base::Result<Guild> guild(const LegacyRow& row);
  [[nodiscard]] base::Result<Command> command(const LegacyRow& row);
  /// Ids are new, since ours rise with time.
  [[nodiscard]] base::Result<Log> log(const LegacyRow& row);

  /// What was changed in the row that was converted last; a clause each.
  [[nodiscard]] const std::vector<std::string>& changed() const { return changed_; }

  /// Whether one of the roles is ADMIN.
  [[nodiscard]] bool has_admin() const { return role_names_.contains("admin"); }

 private:
  template <class Row>
  void read_times(const LegacyRow& from, Row& to);
  [[nodiscard]] std::optional<std::string> read_short(const LegacyRow& from, Field field, std::string_view name,
                                                      std::size_t longest);
  [[nodiscard]] base::Result<void> check_place(const Command& command) const;

  const Rules& rules_;
  const base::Timestamp now_;
  std::vector<std::string> changed_;

  std::unordered_set<base::UserId> users_;
  std::map<std::string, base::RoleId> roles_;       // by the old id, as it was written
  std::map<std::string, base::RoleId> role_names_;  // in lower case
  std::set<std::pair<base::UserId, base::RoleId>> user_roles_;
  std::unordered_map<base::GuildId, std::string> prefixes_;  // of the guilds that were taken over
  std::unordered_set<base::CommandId> commands_;
  std::unordered_map<base::GuildId, std::unordered_set<std::string>> triggers_;
  LogId last_log_;
};

}  // namespace guildhall::database::adoption
