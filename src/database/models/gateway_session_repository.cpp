#include "database/models/gateway_session_repository.hpp"

#include <utility>

#include "database/database.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

using discord::SavedSession;

/// A session as columns hold it.
struct Row {
  long long shard = 0;
  long long shards = 0;
  long long intents = 0;
  std::string session_id;
  std::string url;
  long long sequence = 0;
  base::Timestamp saved_at;
};

SavedSession to_session(const Row& row) {
  SavedSession session;
  session.shard = static_cast<unsigned>(row.shard);
  session.shards = static_cast<unsigned>(row.shards);
  session.intents = static_cast<std::uint32_t>(row.intents);
  session.point = {row.session_id, row.url, static_cast<std::uint64_t>(row.sequence)};
  session.saved_at = row.saved_at;
  return session;
}

Row to_row(const SavedSession& session) {
  const auto& point = session.point;
  return {session.shard,    session.shards, session.intents,
          point.session_id, point.url,      static_cast<long long>(point.sequence),
          session.saved_at};
}

std::vector<SavedSession> select_sessions(soci::session& sql, const std::string& bot) {
  std::vector<SavedSession> sessions;
  Row row;
  soci::statement statement =
      (sql.prepare << "SELECT shard, shards, intents, session_id, url, sequence, saved_at FROM gateway_sessions "
                      "WHERE bot = :bot ORDER BY shard",
       soci::into(row.shard), soci::into(row.shards), soci::into(row.intents), soci::into(row.session_id),
       soci::into(row.url), soci::into(row.sequence), soci::into(row.saved_at), soci::use(bot));
  statement.execute();
  while (statement.fetch()) sessions.push_back(to_session(row));
  return sessions;
}

void replace_sessions(soci::session& sql, const std::string& bot, const std::vector<SavedSession>& sessions) {
  sql << "DELETE FROM gateway_sessions WHERE bot = :bot", soci::use(bot);
  if (sessions.empty()) return;
  Row row;
  soci::statement statement =
      (sql.prepare << "INSERT INTO gateway_sessions (bot, shard, shards, intents, session_id, url, sequence, saved_at) "
                      "VALUES (:bot, :shard, :shards, :intents, :session_id, :url, :sequence, :saved_at)",
       soci::use(bot), soci::use(row.shard), soci::use(row.shards), soci::use(row.intents), soci::use(row.session_id),
       soci::use(row.url), soci::use(row.sequence), soci::use(row.saved_at));
  for (const auto& session : sessions) {
    row = to_row(session);
    statement.execute(true);
  }
}

}  // namespace

net::Task<std::vector<SavedSession>> GatewaySessionRepository::load(std::string bot) {
  ReadJob<std::vector<SavedSession>> job = [bot = std::move(bot)](soci::session& sql) {
    return select_sessions(sql, bot);
  };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

net::Task<> GatewaySessionRepository::save(std::string bot, std::vector<SavedSession> sessions) {
  WriteJob<void> job = [bot = std::move(bot), sessions = std::move(sessions)](soci::session& sql, Changes&) {
    replace_sessions(sql, bot, sessions);
  };
  auto writing = database_.write(std::move(job));
  co_await std::move(writing);
}

net::Task<std::vector<base::Timestamp>> GatewaySessionRepository::identifies(std::string bot, base::Timestamp since) {
  ReadJob<std::vector<base::Timestamp>> job = [bot = std::move(bot), since](soci::session& sql) {
    std::vector<base::Timestamp> times;
    base::Timestamp time;
    soci::statement statement =
        (sql.prepare << "SELECT started_at FROM gateway_identifies WHERE bot = :bot AND started_at > :since "
                        "ORDER BY started_at",
         soci::into(time), soci::use(bot), soci::use(since));
    statement.execute();
    while (statement.fetch()) times.push_back(time);
    return times;
  };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

net::Task<> GatewaySessionRepository::add_identify(std::string bot, base::Timestamp at, base::Timestamp keep_since) {
  WriteJob<void> job = [bot = std::move(bot), at, keep_since](soci::session& sql, Changes&) {
    sql << "DELETE FROM gateway_identifies WHERE bot = :bot AND started_at < :keep_since", soci::use(bot),
        soci::use(keep_since);
    sql << "INSERT INTO gateway_identifies (bot, started_at) VALUES (:bot, :at)", soci::use(bot), soci::use(at);
  };
  auto writing = database_.write(std::move(job));
  co_await std::move(writing);
}

}  // namespace guildhall::database
