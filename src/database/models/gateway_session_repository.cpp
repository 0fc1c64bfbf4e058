#include "database/models/gateway_session_repository.hpp"

#include <utility>

#include "database/database.hpp"
#include "database/rows.hpp"

namespace guildhall::database {
namespace {

using discord::SavedSession;

struct SessionRow {
  static constexpr const char* table = "gateway_sessions";
  std::string bot;
  long long shard = 0;
  long long shards = 0;
  long long intents = 0;
  std::string session_id;
  std::string url;
  long long sequence = 0;
  base::Timestamp saved_at;
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (bot, shard, shards, intents, session_id, url, sequence, saved_at))

SavedSession to_session(const SessionRow& row) {
  SavedSession session;
  session.shard = static_cast<unsigned>(row.shard);
  session.shards = static_cast<unsigned>(row.shards);
  session.intents = static_cast<std::uint32_t>(row.intents);
  session.point = {row.session_id, row.url, static_cast<std::uint64_t>(row.sequence)};
  session.saved_at = row.saved_at;
  return session;
}

SessionRow to_row(const std::string& bot, const SavedSession& session) {
  const auto& point = session.point;
  return {bot,
          session.shard,
          session.shards,
          session.intents,
          point.session_id,
          point.url,
          static_cast<long long>(point.sequence),
          session.saved_at};
}

}  // namespace

net::Task<std::vector<SavedSession>> GatewaySessionRepository::load(std::string bot) {
  ReadJob<std::vector<SavedSession>> job = [bot = std::move(bot)](soci::session& sql) {
    std::vector<SavedSession> sessions;
    for (const auto& row : select<SessionRow>(sql, "WHERE bot = :bot ORDER BY shard", bot)) {
      sessions.push_back(to_session(row));
    }
    return sessions;
  };
  co_return co_await database_.read(std::move(job));
}

net::Task<> GatewaySessionRepository::save(std::string bot, std::vector<SavedSession> sessions) {
  WriteJob<void> job = [bot = std::move(bot), sessions = std::move(sessions)](soci::session& sql, Changes&) {
    execute(sql, "DELETE FROM gateway_sessions WHERE bot = :bot", bot);
    std::vector<SessionRow> rows;
    for (const auto& session : sessions) rows.push_back(to_row(bot, session));
    insert_many(sql, rows);
  };
  co_await database_.write(std::move(job));
}

net::Task<std::vector<base::Timestamp>> GatewaySessionRepository::identifies(std::string bot, base::Timestamp since) {
  ReadJob<std::vector<base::Timestamp>> job = [bot = std::move(bot), since](soci::session& sql) {
    return query<base::Timestamp>(
        sql, "SELECT started_at FROM gateway_identifies WHERE bot = :bot AND started_at > :since ORDER BY started_at",
        bot, since);
  };
  co_return co_await database_.read(std::move(job));
}

net::Task<> GatewaySessionRepository::add_identify(std::string bot, base::Timestamp at, base::Timestamp keep_since) {
  WriteJob<void> job = [bot = std::move(bot), at, keep_since](soci::session& sql, Changes&) {
    execute(sql, "DELETE FROM gateway_identifies WHERE bot = :bot AND started_at < :keep_since", bot, keep_since);
    execute(sql, "INSERT INTO gateway_identifies (bot, started_at) VALUES (:bot, :at)", bot, at);
  };
  co_await database_.write(std::move(job));
}

}  // namespace guildhall::database
