#pragma once

#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/log.hpp"
#include "base/reloadable.hpp"
#include "base/result.hpp"
#include "database/models/user_repository.hpp"
#include "net/task.hpp"

namespace guildhall::domain {

/// Who holds role ADMIN: those whom ADMIN_USER_IDS lists, for as long as it does, and those whom an operator has added.
/// Members that return a task throw database::Unavailable and may be awaited on any event loop.
class Admins {
 public:
  /// `listed` is ADMIN_USER_IDS. `users` outlives this.
  Admins(database::UserRepository& users, std::vector<base::UserId> listed, base::Log log);

  /// Whether ADMIN_USER_IDS makes the user an ADMIN when they log in.
  [[nodiscard]] database::AdminGrant grant_at_login(base::UserId id) const;

  /// ADMIN_USER_IDS has changed; `apply_list` brings the database in line with it. Any thread.
  void replace_list(std::vector<base::UserId> listed) { listed_.set(std::move(listed)); }

  /// Brings the database in line with ADMIN_USER_IDS. Sessions on every node follow within a second.
  [[nodiscard]] net::Task<> apply_list();

  /// By id.
  [[nodiscard]] net::Task<std::vector<database::Admin>> list();
  /// Makes a user who has logged in ADMIN, with or without ADMIN_USER_IDS. Errc::not_found.
  [[nodiscard]] net::Task<base::Result<void>> add(base::UserId id);
  /// Errc::not_found if the user is no ADMIN, conflict if ADMIN_USER_IDS would make them one again.
  [[nodiscard]] net::Task<base::Result<void>> remove(base::UserId id);
  /// As `add`, by an ADMIN. Logged.
  [[nodiscard]] net::Task<base::Result<void>> grant(base::UserId actor, base::UserId id);
  /// As `remove`, by an ADMIN. Logged. Errc::conflict also for their own role, so that somebody always holds it.
  [[nodiscard]] net::Task<base::Result<void>> revoke(base::UserId actor, base::UserId id);

 private:
  database::UserRepository& users_;
  base::Reloadable<std::vector<base::UserId>> listed_;
  base::Log log_;
};

}  // namespace guildhall::domain
