#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "database/cache.hpp"
#include "database/models/session_stores.hpp"
#include "database/models/user_list.hpp"

namespace guildhall::database {

class Database;

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

/// Tables `users` and `user_roles`. All members throw Unavailable and may be awaited on any event loop.
class UserRepository final : public UserStore {
 public:
  explicit UserRepository(Database& database);

  [[nodiscard]] std::optional<Pointer> known(base::UserId id) override { return cache_.find(id); }
  [[nodiscard]] net::Task<Pointer> find(base::UserId id) override;
  [[nodiscard]] net::Task<Pointer> save_login(DiscordProfile profile, std::string sealed_refresh_token,
                                              AdminGrant admin) override;
  [[nodiscard]] net::Task<std::optional<std::string>> refresh_token(base::UserId id) override;
  [[nodiscard]] net::Task<> replace_refresh_token(base::UserId id, std::optional<std::string> sealed) override;

  /// Those with the highest ids first.
  [[nodiscard]] net::Task<std::vector<ListedUser>> list(UserFilter filter);

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
