#include "database/models/command_invocation_repository.hpp"

#include "database/expiry.hpp"

namespace guildhall::database {
namespace {

void insert_new(soci::session& sql, const CommandInvocation& invocation) {
  const auto rows = query_one<long long>(sql, "SELECT COUNT(*) FROM calls WHERE id = :id", invocation.id);
  const auto commands =
      query_one<long long>(sql, "SELECT COUNT(*) FROM commands WHERE id = :id", invocation.command_id);
  if (*rows == 0 && *commands > 0) insert(sql, invocation);
}

}  // namespace

CommandInvocationRepository::CommandInvocationRepository(Database& database)
    : database_(database), maintenance_(database.each_minute([this] { purge_expired(); })) {}

void CommandInvocationRepository::start_insert(CommandInvocation invocation, WriteDone done) {
  database_.start_write(
      [invocation = std::move(invocation)](soci::session& sql, Changes&) { insert_new(sql, invocation); },
      std::move(done));
}

net::Task<std::optional<CommandInvocation>> CommandInvocationRepository::find(base::CommandId command,
                                                                              discord::MessageId id) {
  ReadJob<std::optional<CommandInvocation>> job = [command, id](soci::session& sql) {
    return select_one<CommandInvocation>(sql, "WHERE id = :id AND command_id = :command", id, command);
  };
  co_return co_await database_.read(std::move(job));
}

void CommandInvocationRepository::purge_expired() {
  start_purge_of_expired<discord::MessageId>(database_, CommandInvocation::table);
}

}  // namespace guildhall::database
