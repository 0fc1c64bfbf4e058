#include "database/models/session_repository.hpp"

#include <utility>

#include "database/expiry.hpp"

namespace guildhall::database {

SessionRepository::SessionRepository(Database& database)
    : database_(database),
      maintenance_(
          database.each_minute([&database] { start_purge_of_expired<std::string>(database, Session::table); })) {}

net::Task<> SessionRepository::save(Session session) {
  WriteJob<void> job = [session = std::move(session)](soci::session& sql, Changes&) {
    const auto known = query_one<long long>(sql, "SELECT COUNT(*) FROM sessions WHERE id = :id", session.id);
    if (*known == 0) {
      insert(sql, session);
    } else {
      execute(sql, "UPDATE sessions SET last_seen_at = :seen, expires_at = :expires WHERE id = :id",
              session.last_seen_at, session.expires_at, session.id);
    }
  };
  co_await database_.write(std::move(job));
}

net::Task<std::vector<Session>> SessionRepository::list(base::UserId user) {
  ReadJob<std::vector<Session>> job = [user, now = database_.clock().now()](soci::session& sql) {
    return select<Session>(sql,
                           "WHERE user_id = :user AND expires_at > :now AND NOT EXISTS (SELECT 1 FROM spent_tokens "
                           "WHERE spent_tokens.id = sessions.id) ORDER BY last_seen_at DESC, id LIMIT " +
                               std::to_string(max_listed),
                           user, now);
  };
  co_return co_await database_.read(std::move(job));
}

}  // namespace guildhall::database
