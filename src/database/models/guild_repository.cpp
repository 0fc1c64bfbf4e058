#include "database/models/guild_repository.hpp"

#include <algorithm>
#include <unordered_map>

#include "database/rows.hpp"

namespace guildhall::database {
namespace {

using Pointer = GuildStore::Pointer;

constexpr std::size_t guild_cache_bytes = 16 << 20;

std::size_t bytes_of_guild(const Guild& guild) {
  return sizeof guild + guild.name.size() + guild.icon.value_or("").size() + guild.prefix.size() +
         guild.language.size();
}

using Rows = std::unordered_map<base::GuildId, Pointer>;

Rows select_many(soci::session& sql, const std::vector<base::GuildId>& ids) {
  Rows rows;
  for (const auto chunk : chunked(std::span(ids))) {
    for (auto& row : select<Guild>(sql, "WHERE id IN " + placeholders(chunk.size()), chunk)) {
      const auto id = row.id;
      rows.emplace(id, std::make_shared<const Guild>(std::move(row)));
    }
  }
  return rows;
}

/// The one place that follows a change of a guild's settings in its transaction.
void record_guild(Changes& changes, const Actor& /*actor*/, const Guild& /*before*/, const Guild& after) {
  changes.add(Entity::guild, after.id);
}

base::Result<Pointer> change_guild(soci::session& sql, base::GuildId id, const GuildChange& change,
                                   const GuildWrite& write, base::Timestamp now, Changes& changes) {
  const auto before = select_one<Guild>(sql, "WHERE id = :id", id);
  if (!before) return base::Error{base::Errc::not_found, "This server does not exist."};
  auto after = std::make_shared<Guild>(*before);
  after->prefix = change.prefix.value_or(before->prefix);
  after->language = change.language.value_or(before->language);
  if (after->prefix == before->prefix && after->language == before->language) return Pointer{std::move(after)};
  if (after->prefix != before->prefix) {
    const auto triggers = query<std::string>(sql, "SELECT `trigger` FROM commands WHERE guild_id = :id", id);
    const auto allowed = write.rule(after->prefix, triggers);
    if (!allowed) return allowed.error();
  }
  after->updated_at = now;
  database::update(sql, *after);
  record_guild(changes, write.actor, *before, *after);
  return Pointer{std::move(after)};
}

}  // namespace

GuildRepository::GuildRepository(Database& database)
    : database_(database), cache_(database.feed(), Entity::guild, guild_cache_bytes, bytes_of_guild) {}

net::Task<Pointer> GuildRepository::find(base::GuildId id) {
  if (auto known = cache_.find(id)) co_return std::move(*known);
  const auto ticket = cache_.ticket(id);
  ReadJob<Pointer> job = [id](soci::session& sql) -> Pointer {
    auto row = select_one<Guild>(sql, "WHERE id = :id", id);
    return row ? std::make_shared<const Guild>(*std::move(row)) : nullptr;
  };
  auto guild = co_await database_.read(std::move(job));
  cache_.put(id, guild, ticket);
  co_return guild;
}

net::Task<std::vector<Pointer>> GuildRepository::find_many(std::vector<base::GuildId> ids) {
  std::vector<Pointer> guilds(ids.size());
  std::vector<std::size_t> places;  // of those that the database is asked for
  std::vector<base::GuildId> missing;
  std::vector<Cache<base::GuildId, Guild>::Ticket> tickets;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (auto known = cache_.find(ids[i])) {
      guilds[i] = std::move(*known);
      continue;
    }
    places.push_back(i);
    missing.push_back(ids[i]);
    tickets.push_back(cache_.ticket(ids[i]));
  }
  if (missing.empty()) co_return guilds;

  ReadJob<Rows> job = [missing](soci::session& sql) { return select_many(sql, missing); };
  auto rows = co_await database_.read(std::move(job));
  for (std::size_t i = 0; i < missing.size(); ++i) {
    guilds[places[i]] = rows[missing[i]];
    cache_.put(missing[i], guilds[places[i]], tickets[i]);
  }
  co_return guilds;
}

net::Task<base::Result<Pointer>> GuildRepository::update(base::GuildId id, GuildChange wanted, GuildWrite write) {
  WriteJob<base::Result<Pointer>> job = [id, wanted = std::move(wanted), write = std::move(write),
                                         now = database_.clock().now()](soci::session& sql, Changes& changes) {
    return change_guild(sql, id, wanted, write, now, changes);
  };
  co_return co_await database_.write(std::move(job));
}

}  // namespace guildhall::database
