#pragma once

#include <boost/describe/class.hpp>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "database/legacy/legacy_tables.hpp"
#include "database/models/command.hpp"
#include "database/models/guild.hpp"
#include "database/models/log.hpp"
#include "database/models/role.hpp"

namespace guildhall::domain {

using database::legacy::LegacyRow;

/// A row of table `users` with its refresh token.
struct ImportedUser {
  static constexpr const char* table = "users";

  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;
  std::optional<std::string> email;
  std::optional<std::string> refresh_token;  ///< Encrypted.
  base::Timestamp created_at;
  base::Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(ImportedUser, (),
                      (id, username, global_name, avatar, email, refresh_token, created_at, updated_at))

struct ImportedUserRole {
  static constexpr const char* table = "user_roles";

  base::UserId user_id;
  base::RoleId role_id;
  std::string source{database::role_source::adopted};
};
BOOST_DESCRIBE_STRUCT(ImportedUserRole, (), (user_id, role_id, source))

/// Encrypts a refresh token as table `users` keeps it.
using Seal = std::function<std::string(const base::Secret& token)>;

/// Turns rows of the old tables into guildhall's, table by table in the order of Finding::tables, with the checks of
/// the API and of command_rules. Remembers what it has converted, since later rows refer to it. An error's message is
/// the reason why a row is left out. Does no I/O.
class Conversion {
 public:
  /// `now` is for rows without times, and no log is newer.
  Conversion(Seal seal, base::Timestamp now) : seal_(std::move(seal)), now_(now) {}

  [[nodiscard]] base::Result<ImportedUser> user(const LegacyRow& row);
  [[nodiscard]] base::Result<database::Role> role(const LegacyRow& row);
  [[nodiscard]] base::Result<ImportedUserRole> user_role(const LegacyRow& row);
  [[nodiscard]] base::Result<database::Guild> guild(const LegacyRow& row);
  [[nodiscard]] base::Result<database::Command> command(const LegacyRow& row);
  /// Ids are new, since guildhall's rise with time.
  [[nodiscard]] base::Result<database::Log> log(const LegacyRow& row);

  /// What was changed in the last row; a clause each.
  [[nodiscard]] const std::vector<std::string>& changed() const { return changed_; }

  /// Whether one of the roles has that name, in lower case.
  [[nodiscard]] bool has_role(const std::string& name) const { return role_names_.contains(name); }

 private:
  struct Place {
    std::string prefix;
    std::unordered_set<std::string> triggers{};
    std::unordered_set<std::string> keys{};  // base::word_key of them
  };

  template <class Row>
  void read_times(const LegacyRow& from, Row& to);
  [[nodiscard]] std::optional<std::string> read_short(const LegacyRow& from, std::string_view column, std::size_t max);
  [[nodiscard]] base::Result<void> fill(database::Command& command, const LegacyRow& row);

  const Seal seal_;
  const base::Timestamp now_;
  std::vector<std::string> changed_;

  std::unordered_set<base::UserId> users_;
  std::map<std::string, base::RoleId, std::less<>> roles_;  // by the old id, as it was written
  std::map<std::string, base::RoleId> role_names_;          // in lower case
  std::set<std::pair<base::UserId, base::RoleId>> user_roles_;
  std::unordered_map<base::GuildId, Place> guilds_;
  std::unordered_set<base::CommandId> commands_;
  database::LogId last_log_;
};

}  // namespace guildhall::domain
