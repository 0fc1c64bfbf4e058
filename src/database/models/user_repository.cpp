#include "database/models/user_repository.hpp"

#include "database/database.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

using Found = std::shared_ptr<const User>;

constexpr std::size_t cache_bytes = 8 << 20;

std::size_t weigh(const User& user) {
  return sizeof user + user.username.size() + user.global_name.value_or("").size() + user.avatar.value_or("").size() +
         user.email.value_or("").size() + user.roles.size() * 64;
}

std::vector<Role> select_roles(soci::session& sql, base::UserId id) {
  std::vector<Role> roles;
  Role role;
  soci::statement statement =
      (sql.prepare << "SELECT roles.id, roles.name FROM user_roles JOIN roles ON roles.id = user_roles.role_id "
                      "WHERE user_roles.user_id = :id ORDER BY roles.id",
       soci::into(role.id), soci::into(role.name), soci::use(id));
  statement.execute();
  while (statement.fetch()) roles.push_back(role);
  return roles;
}

Found select(soci::session& sql, base::UserId id) {
  User user;
  sql << "SELECT id, username, global_name, avatar, email, created_at, updated_at FROM users WHERE id = :id",
      soci::into(user.id), soci::into(user.username), soci::into(user.global_name), soci::into(user.avatar),
      soci::into(user.email), soci::into(user.created_at), soci::into(user.updated_at), soci::use(id);
  if (!sql.got_data()) return nullptr;
  user.roles = select_roles(sql, id);
  return std::make_shared<const User>(std::move(user));
}

void insert(soci::session& sql, const DiscordProfile& profile, const std::string& sealed, base::Timestamp now) {
  sql << "INSERT INTO users (id, username, global_name, avatar, email, refresh_token, created_at, updated_at) "
         "VALUES (:id, :username, :global_name, :avatar, :email, :sealed, :now, :now2)",
      soci::use(profile.id), soci::use(profile.username), soci::use(profile.global_name), soci::use(profile.avatar),
      soci::use(profile.email), soci::use(sealed), soci::use(now), soci::use(now);
}

void update(soci::session& sql, const DiscordProfile& profile, const std::string& sealed, base::Timestamp now) {
  sql << "UPDATE users SET username = :username, global_name = :global_name, avatar = :avatar, email = :email, "
         "refresh_token = :sealed, updated_at = :now WHERE id = :id",
      soci::use(profile.username), soci::use(profile.global_name), soci::use(profile.avatar), soci::use(profile.email),
      soci::use(sealed), soci::use(now), soci::use(profile.id);
}

bool exists(soci::session& sql, base::UserId id) {
  int count = 0;
  sql << "SELECT COUNT(*) FROM users WHERE id = :id", soci::into(count), soci::use(id);
  return count > 0;
}

/// Whether the person was not one before.
bool make_admin(soci::session& sql, base::UserId id) {
  int count = 0;
  const std::string name{admin_role};
  sql << "SELECT COUNT(*) FROM user_roles JOIN roles ON roles.id = user_roles.role_id "
         "WHERE user_roles.user_id = :id AND roles.name = :name",
      soci::into(count), soci::use(id), soci::use(name);
  if (count > 0) return false;
  sql << "INSERT INTO user_roles (user_id, role_id) SELECT :id, id FROM roles WHERE name = :name", soci::use(id),
      soci::use(name);
  return true;
}

}  // namespace

UserRepository::UserRepository(Database& database)
    : database_(database), cache_(database.feed(), Entity::user, cache_bytes, weigh) {}

net::Task<Found> UserRepository::find(base::UserId id) {
  if (auto known = cache_.find(id)) co_return std::move(*known);
  const auto ticket = cache_.ticket(id);
  ReadJob<Found> job = [id](soci::session& sql) { return select(sql, id); };
  auto reading = database_.read(std::move(job));
  auto user = co_await std::move(reading);
  cache_.put(id, user, ticket);
  co_return user;
}

net::Task<Found> UserRepository::save_login(DiscordProfile profile, std::string sealed_refresh_token,
                                            AdminGrant admin) {
  WriteJob<Found> job = [profile = std::move(profile), sealed = std::move(sealed_refresh_token), admin,
                         now = database_.clock().now()](soci::session& sql, Changes& changes) {
    if (exists(sql, profile.id)) {
      update(sql, profile, sealed, now);
    } else {
      insert(sql, profile, sealed, now);
    }
    if (admin == AdminGrant::grant) make_admin(sql, profile.id);
    changes.add(Entity::user, profile.id);
    return select(sql, profile.id);
  };
  auto writing = database_.write(std::move(job));
  co_return co_await std::move(writing);
}

net::Task<std::optional<std::string>> UserRepository::refresh_token(base::UserId id) {
  ReadJob<std::optional<std::string>> job = [id](soci::session& sql) {
    std::optional<std::string> sealed;
    sql << "SELECT refresh_token FROM users WHERE id = :id", soci::into(sealed), soci::use(id);
    return sql.got_data() ? sealed : std::nullopt;
  };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

net::Task<> UserRepository::replace_refresh_token(base::UserId id, std::optional<std::string> sealed) {
  // No change for the feed: nothing that is remembered has the token.
  WriteJob<void> job = [id, sealed = std::move(sealed)](soci::session& sql, Changes&) {
    sql << "UPDATE users SET refresh_token = :sealed WHERE id = :id", soci::use(sealed), soci::use(id);
  };
  auto writing = database_.write(std::move(job));
  co_await std::move(writing);
}

net::Task<> UserRepository::grant_admin(std::vector<base::UserId> ids) {
  WriteJob<void> job = [ids = std::move(ids)](soci::session& sql, Changes& changes) {
    for (const auto id : ids) {
      if (exists(sql, id) && make_admin(sql, id)) changes.add(Entity::user, id);
    }
  };
  auto writing = database_.write(std::move(job));
  co_await std::move(writing);
}

}  // namespace guildhall::database
