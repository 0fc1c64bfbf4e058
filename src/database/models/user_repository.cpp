#include "database/models/user_repository.hpp"

#include <algorithm>

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

/// The source from which the user holds the role; nothing if they do not hold it.
std::optional<std::string> source_of_role(soci::session& sql, base::UserId id, std::string_view role) {
  const std::string name{role};
  return query_one<std::string>(sql,
                                "SELECT user_roles.source FROM user_roles JOIN roles ON roles.id = user_roles.role_id "
                                "WHERE user_roles.user_id = :id AND roles.name = :name",
                                id, name);
}

/// True if the user did not hold the role before. If they did, its source stays.
bool grant_role(soci::session& sql, base::UserId id, std::string_view role, std::string_view source) {
  if (source_of_role(sql, id, role)) return false;
  const std::string name{role};
  const std::string from{source};
  execute(sql,
          "INSERT INTO user_roles (user_id, role_id, source) SELECT :id, id, :source FROM roles WHERE name = :name", id,
          from, name);
  return true;
}

/// True if the user held the role.
bool revoke_role(soci::session& sql, base::UserId id, std::string_view role) {
  const std::string name{role};
  return execute(sql,
                 "DELETE FROM user_roles WHERE user_id = :id AND role_id IN (SELECT id FROM roles WHERE name = :name)",
                 id, name) > 0;
}

std::vector<Admin> select_admins(soci::session& sql) {
  const std::string name{admin_role};
  return query<Admin>(sql,
                      "SELECT users.id, users.username, user_roles.source FROM user_roles "
                      "JOIN roles ON roles.id = user_roles.role_id JOIN users ON users.id = user_roles.user_id "
                      "WHERE roles.name = :name ORDER BY users.id",
                      name);
}

/// Snowflakes are far below the end of the signed numbers that databases compare.
constexpr base::UserId beyond_all_users{(1ULL << 63U) - 1};

/// For LIKE with ESCAPE '!': texts that contain `part`.
std::string containing(std::string_view part) {
  std::string pattern = "%";
  for (const char c : part) {
    if (c == '!' || c == '%' || c == '_') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

struct HeldRole {
  base::UserId user_id;
  base::RoleId id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(HeldRole, (), (user_id, id, name))

void add_roles(soci::session& sql, std::vector<ListedUser>& users) {
  std::vector<base::UserId> ids;
  for (const auto& user : users) ids.push_back(user.id);
  for (const auto chunk : chunked(std::span(ids))) {
    const auto held = query<HeldRole>(
        sql,
        "SELECT user_roles.user_id, roles.id, roles.name FROM user_roles JOIN roles ON roles.id = user_roles.role_id "
        "WHERE user_roles.user_id IN " +
            placeholders(chunk.size()) + " ORDER BY roles.id",
        chunk);
    for (const auto& role : held)
      std::ranges::find(users, role.user_id, &ListedUser::id)->roles.push_back({role.id, role.name});
  }
}

std::vector<ListedUser> list_users(soci::session& sql, const UserFilter& filter) {
  const auto before = std::min(filter.before.value_or(beyond_all_users), beyond_all_users);
  const auto id = base::UserId::parse(filter.search).value_or(base::UserId{});
  const auto pattern = containing(filter.search);
  auto users = query<ListedUser>(
      sql,
      "SELECT users.id, users.username, users.global_name, users.avatar, users.created_at, "
      "(SELECT MAX(sessions.last_seen_at) FROM sessions WHERE sessions.user_id = users.id) FROM users "
      "WHERE users.id < :before AND (users.id = :id OR LOWER(users.username) LIKE LOWER(:username) ESCAPE '!' "
      "OR LOWER(users.global_name) LIKE LOWER(:global_name) ESCAPE '!') ORDER BY users.id DESC LIMIT " +
          std::to_string(filter.limit),
      before, id, pattern, pattern);
  add_roles(sql, users);
  return users;
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
    grant_role(sql, profile.id, user_role, role_source::login);
    if (admin == AdminGrant::grant) grant_role(sql, profile.id, admin_role, role_source::list);
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

net::Task<std::vector<ListedUser>> UserRepository::list(UserFilter filter) {
  ReadJob<std::vector<ListedUser>> job = [filter = std::move(filter)](soci::session& sql) {
    return list_users(sql, filter);
  };
  co_return co_await database_.read(std::move(job));
}

net::Task<std::vector<Admin>> UserRepository::admins() {
  ReadJob<std::vector<Admin>> job = select_admins;
  co_return co_await database_.read(std::move(job));
}

net::Task<AdminChanges> UserRepository::apply_admin_list(std::vector<base::UserId> ids) {
  WriteJob<AdminChanges> job = [ids = std::move(ids)](soci::session& sql, Changes& changes) {
    AdminChanges made;
    for (const auto& admin : select_admins(sql)) {
      if (admin.source != role_source::list || std::ranges::find(ids, admin.id) != ids.end()) continue;
      revoke_role(sql, admin.id, admin_role);
      made.revoked.push_back(admin.id);
    }
    for (const auto id : ids) {
      if (exists(sql, id) && grant_role(sql, id, admin_role, role_source::list)) made.granted.push_back(id);
    }
    for (const auto& changed : {made.granted, made.revoked}) {
      for (const auto id : changed) changes.add(Entity::user, id);
    }
    return made;
  };
  co_return co_await database_.write(std::move(job));
}

net::Task<bool> UserRepository::add_admin(base::UserId id) {
  WriteJob<bool> job = [id](soci::session& sql, Changes& changes) {
    if (!exists(sql, id)) return false;
    revoke_role(sql, id, admin_role);
    grant_role(sql, id, admin_role, role_source::added);
    changes.add(Entity::user, id);
    return true;
  };
  co_return co_await database_.write(std::move(job));
}

net::Task<bool> UserRepository::remove_admin(base::UserId id) {
  WriteJob<bool> job = [id](soci::session& sql, Changes& changes) {
    const bool held = revoke_role(sql, id, admin_role);
    if (held) changes.add(Entity::user, id);
    return held;
  };
  co_return co_await database_.write(std::move(job));
}

}  // namespace guildhall::database
