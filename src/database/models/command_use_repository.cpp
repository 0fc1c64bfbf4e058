#include "database/models/command_use_repository.hpp"

#include "database/rows.hpp"

namespace guildhall::database {
namespace {

/// Dialects have no statement for this in common.
void add_uses(soci::session& sql, const CommandUse& use) {
  const auto changed =
      execute(sql,
              "UPDATE command_uses SET uses = uses + :uses, failures = failures + :failures, "
              "last_failure_at = COALESCE(:at, last_failure_at), last_failure = COALESCE(:reason, last_failure) "
              "WHERE guild_id = :guild AND `day` = :day AND command_id = :command",
              use.uses, use.failures, use.last_failure_at, use.last_failure, use.guild_id, use.day, use.command_id);
  if (changed == 0) insert(sql, use);
}

/// Removes up to `max` rows of days before `first_day`, and returns how many.
std::size_t purge_uses(soci::session& sql, long long first_day, std::size_t max) {
  const auto old =
      select<CommandUse>(sql, "WHERE `day` < :first ORDER BY `day` LIMIT " + std::to_string(max), first_day);
  for (const auto& use : old) {
    execute(sql, "DELETE FROM command_uses WHERE guild_id = :guild AND `day` = :day AND command_id = :command",
            use.guild_id, use.day, use.command_id);
  }
  return old.size();
}

}  // namespace

CommandUseRepository::CommandUseRepository(Database& database)
    : database_(database), maintenance_(database.each_minute([this] { purge(); })) {}

void CommandUseRepository::start_add(std::vector<CommandUse> uses, WriteDone done) {
  database_.start_write(
      [uses = std::move(uses)](soci::session& sql, Changes&) {
        for (const auto& use : uses) add_uses(sql, use);
      },
      std::move(done));
}

net::Task<std::vector<CommandUse>> CommandUseRepository::list(base::GuildId guild, long long first_day) {
  ReadJob<std::vector<CommandUse>> job = [guild, first_day](soci::session& sql) {
    return select<CommandUse>(sql, "WHERE guild_id = :guild AND `day` >= :first ORDER BY `day`, command_id", guild,
                              first_day);
  };
  co_return co_await database_.read(std::move(job));
}

void CommandUseRepository::purge() {
  const auto now = database_.purge_time();
  if (!now) return;
  database_.start_purge([first = day_of(*now) - retention.count() + 1](soci::session& sql, std::size_t max) {
    return purge_uses(sql, first, max);
  });
}

}  // namespace guildhall::database
