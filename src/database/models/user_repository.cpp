#include "database/models/user_repository.hpp"

#include "database/rows.hpp"

namespace guildhall::database {
namespace {

using Found = std::shared_ptr<const User>;

constexpr std::size_t user_cache_bytes = 8 << 20;

std::size_t bytes_of_user(const User& user) {
  return sizeof user + user.username.size() + user.global_name.value_or("").size() + user.avatar.value_or("").size() +
         user.email.value_or("").size() + user.roles.size() * 64;
}

Found select_user(soci::session& sql, base::UserId id) {
  auto user = select_one<User>(sql, "WHERE id = :id", id);
  if (!user) return nullptr;
  user->roles = query<Role>(sql,
                            "SELECT roles.id, roles.name FROM user_roles JOIN roles ON roles.id = user_roles.role_id "
                            "WHERE user_roles.user_id = :id ORDER BY roles.id",
                            id);
  return std::make_shared<const User>(*std::move(user));
}

bool exists(soci::session& sql, base::UserId id) {
  return *query_one<long long>(sql, "SELECT COUNT(*) FROM users WHERE id = :id", id) > 0;
}

void save_profile(soci::session& sql, const DiscordProfile& profile, const std::string& sealed, base::Timestamp now) {
  if (exists(sql, profile.id)) {
    execute(sql,
            "UPDATE users SET username = :username, global_name = :global_name, avatar = :avatar, email = :email, "
            "refresh_token = :sealed, updated_at = :now WHERE id = :id",
            profile.username, profile.global_name, profile.avatar, profile.email, sealed, now, profile.id);
    return;
  }
  execute(sql,
          "INSERT INTO users (id, username, global_name, avatar, email, refresh_token, created_at, updated_at) "
          "VALUES (:id, :username, :global_name, :avatar, :email, :sealed, :now, :now2)",
          profile.id, profile.username, profile.global_name, profile.avatar, profile.email, sealed, now, now);
}

/// True if the user was not an ADMIN before.
bool make_admin(soci::session& sql, base::UserId id) {
  const std::string name{admin_role};
  const auto held = query_one<long long>(sql,
                                         "SELECT COUNT(*) FROM user_roles JOIN roles ON roles.id = user_roles.role_id "
                                         "WHERE user_roles.user_id = :id AND roles.name = :name",
                                         id, name);
  if (*held > 0) return false;
  execute(sql, "INSERT INTO user_roles (user_id, role_id) SELECT :id, id FROM roles WHERE name = :name", id, name);
  return true;
}

}  // namespace

UserRepository::UserRepository(Database& database)
    : database_(database), cache_(database.feed(), Entity::user, user_cache_bytes, bytes_of_user) {}

net::Task<Found> UserRepository::find(base::UserId id) {
  if (auto known = cache_.find(id)) co_return std::move(*known);
  const auto ticket = cache_.ticket(id);
  ReadJob<Found> job = [id](soci::session& sql) { return select_user(sql, id); };
  auto user = co_await database_.read(std::move(job));
  cache_.put(id, user, ticket);
  co_return user;
}

net::Task<Found> UserRepository::save_login(DiscordProfile profile, std::string sealed_refresh_token,
                                            AdminGrant admin) {
  WriteJob<Found> job = [profile = std::move(profile), sealed = std::move(sealed_refresh_token), admin,
                         now = database_.clock().now()](soci::session& sql, Changes& changes) {
    save_profile(sql, profile, sealed, now);
    if (admin == AdminGrant::grant) make_admin(sql, profile.id);
    changes.add(Entity::user, profile.id);
    return select_user(sql, profile.id);
  };
  co_return co_await database_.write(std::move(job));
}

net::Task<std::optional<std::string>> UserRepository::refresh_token(base::UserId id) {
  ReadJob<std::optional<std::string>> job = [id](soci::session& sql) {
    using Sealed = std::optional<std::string>;
    return query_one<Sealed>(sql, "SELECT refresh_token FROM users WHERE id = :id", id).value_or(std::nullopt);
  };
  co_return co_await database_.read(std::move(job));
}

net::Task<> UserRepository::replace_refresh_token(base::UserId id, std::optional<std::string> sealed) {
  // The feed need not tell: no cache holds the token.
  WriteJob<void> job = [id, sealed = std::move(sealed)](soci::session& sql, Changes&) {
    execute(sql, "UPDATE users SET refresh_token = :sealed WHERE id = :id", sealed, id);
  };
  co_await database_.write(std::move(job));
}

net::Task<> UserRepository::grant_admin(std::vector<base::UserId> ids) {
  WriteJob<void> job = [ids = std::move(ids)](soci::session& sql, Changes& changes) {
    for (const auto id : ids) {
      if (exists(sql, id) && make_admin(sql, id)) changes.add(Entity::user, id);
    }
  };
  co_await database_.write(std::move(job));
}

}  // namespace guildhall::database
