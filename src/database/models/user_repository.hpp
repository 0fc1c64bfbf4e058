#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "database/cache.hpp"
#include "database/models/user.hpp"
#include "net/task.hpp"

namespace guildhall::database {

class Database;

/// A person as Discord describes them at a login.
struct DiscordProfile {
  base::UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> avatar;
  std::optional<std::string> email;
};

/// Whether a login makes the person an ADMIN, by ADMIN_USER_IDS. Nobody stops being one by it.
enum class AdminGrant : std::uint8_t { leave, grant };

/// A user who holds role ADMIN.
struct Admin {
  base::UserId id;
  std::string username;
  std::string source;  ///< One of role_source.
};
BOOST_DESCRIBE_STRUCT(Admin, (), (id, username, source))

/// Who became ADMIN by a change, and who ceased to be.
struct AdminChanges {
  std::vector<base::UserId> granted;
  std::vector<base::UserId> revoked;
};

/// Tables `users` and `user_roles`. Refresh tokens go in and come out sealed: who calls has the key. All members throw
/// Unavailable and may be awaited on any event loop.
class UserRepository {
 public:
  explicit UserRepository(Database& database);

  /// What memory has of `find`; nothing if the database must be asked. Does not throw.
  [[nodiscard]] std::optional<std::shared_ptr<const User>> known(base::UserId id) { return cache_.find(id); }
  /// The person, or null if nobody of that id has logged in. Usually from memory.
  [[nodiscard]] net::Task<std::shared_ptr<const User>> find(base::UserId id);

  /// Adds the person with role USER, or brings the row up to date, and keeps the refresh token of this login.
  [[nodiscard]] net::Task<std::shared_ptr<const User>> save_login(DiscordProfile profile,
                                                                  std::string sealed_refresh_token, AdminGrant admin);

  /// The sealed token that was kept last; nothing if there is none or no such person.
  [[nodiscard]] net::Task<std::optional<std::string>> refresh_token(base::UserId id);
  /// Keeps another sealed token, or none.
  [[nodiscard]] net::Task<> replace_refresh_token(base::UserId id, std::optional<std::string> sealed);

  /// Those who hold role ADMIN, by id.
  [[nodiscard]] net::Task<std::vector<Admin>> admins();
  /// Makes those of `ids` who have logged in before ADMIN by role_source::list, and takes the role from everybody else
  /// who has it by that source.
  [[nodiscard]] net::Task<AdminChanges> apply_admin_list(std::vector<base::UserId> ids);
  /// Makes a user ADMIN by role_source::added, whatever the source was before. False if nobody of that id has logged
  /// in.
  [[nodiscard]] net::Task<bool> add_admin(base::UserId id);
  /// Takes role ADMIN from a user, whatever its source. False if they did not hold it.
  [[nodiscard]] net::Task<bool> remove_admin(base::UserId id);

  [[nodiscard]] CacheCounters cache_counters() const { return cache_.counters(); }

 private:
  Database& database_;
  Cache<base::UserId, User> cache_;
};

}  // namespace guildhall::database
