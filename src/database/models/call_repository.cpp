#include "database/models/call_repository.hpp"

#include <utility>
#include <vector>

#include "database/database.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

constexpr long long purge_step = 500;

void insert(soci::session& sql, const Call& call) {
  int there = 0;
  sql << "SELECT COUNT(*) FROM calls WHERE id = :id", soci::into(there), soci::use(call.id);
  int commands = 0;
  sql << "SELECT COUNT(*) FROM commands WHERE id = :id", soci::into(commands), soci::use(call.command_id);
  if (there > 0 || commands == 0) return;
  sql << "INSERT INTO calls (id, command_id, user_id, args, created_at, expires_at) "
         "VALUES (:id, :command, :user, :args, :created_at, :expires_at)",
      soci::use(call.id), soci::use(call.command_id), soci::use(call.user_id), soci::use(call.args),
      soci::use(call.created_at), soci::use(call.expires_at);
}

std::optional<Call> select(soci::session& sql, base::CommandId command, discord::MessageId id) {
  Call call;
  sql << "SELECT id, command_id, user_id, args, created_at, expires_at FROM calls "
         "WHERE id = :id AND command_id = :command",
      soci::into(call.id), soci::into(call.command_id), soci::into(call.user_id), soci::into(call.args),
      soci::into(call.created_at), soci::into(call.expires_at), soci::use(id), soci::use(command);
  if (!sql.got_data()) return std::nullopt;
  return call;
}

/// Removes a step's worth of expired rows, and says whether there may be more.
bool purge_some(soci::session& sql, base::Timestamp now) {
  std::vector<discord::MessageId> expired;
  discord::MessageId id;
  {
    soci::statement statement =
        (sql.prepare << "SELECT id FROM calls WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit",
         soci::into(id), soci::use(now), soci::use(purge_step));
    statement.execute();
    while (statement.fetch()) expired.push_back(id);
  }
  soci::statement statement = (sql.prepare << "DELETE FROM calls WHERE id = :id", soci::use(id));
  for (const auto gone : expired) {
    id = gone;
    statement.execute(true);
  }
  return expired.size() == static_cast<std::size_t>(purge_step);
}

void purge(Database& database) {
  database.start_write([&database](soci::session& sql, Changes&) {
    if (purge_some(sql, database.clock().now())) purge(database);
  });
}

}  // namespace

CallRepository::CallRepository(Database& database)
    : database_(database), upkeep_(database.each_minute([this] { do_upkeep(); })) {}

void CallRepository::start_insert(Call call, Done done) {
  database_.start_write([call = std::move(call)](soci::session& sql, Changes&) { insert(sql, call); }, std::move(done));
}

net::Task<std::optional<Call>> CallRepository::find(base::CommandId command, discord::MessageId id) {
  ReadJob<std::optional<Call>> job = [command, id](soci::session& sql) { return select(sql, command, id); };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

void CallRepository::do_upkeep() { purge(database_); }

}  // namespace guildhall::database
