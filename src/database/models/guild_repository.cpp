#include "database/models/guild_repository.hpp"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "database/database.hpp"
#include "database/insert_many.hpp"
#include "database/sql.hpp"

namespace guildhall::database {
namespace {

using Found = std::shared_ptr<const Guild>;

constexpr std::size_t cache_bytes = 16 << 20;

std::size_t weigh(const Guild& guild) {
  return sizeof guild + guild.name.size() + guild.icon.value_or("").size() + guild.prefix.size() +
         guild.language.size();
}

using Rows = std::unordered_map<base::GuildId, Found>;

/// The rows of some guilds, with few statements.
Rows select(soci::session& sql, std::span<const base::GuildId> ids) {
  constexpr std::size_t most = 500;
  Rows rows;
  for (; !ids.empty(); ids = ids.subspan(std::min(most, ids.size()))) {
    Guild row;
    soci::statement statement(sql);
    statement.exchange(soci::into(row.id));
    statement.exchange(soci::into(row.name));
    statement.exchange(soci::into(row.icon));
    statement.exchange(soci::into(row.prefix));
    statement.exchange(soci::into(row.language));
    statement.exchange(soci::into(row.left_at));
    statement.exchange(soci::into(row.created_at));
    statement.exchange(soci::into(row.updated_at));
    std::string text =
        "SELECT id, name, icon, prefix, language, left_at, created_at, updated_at FROM guilds WHERE id IN (";
    for (std::size_t i = 0; i < std::min(most, ids.size()); ++i) {
      statement.exchange(soci::use(ids[i]));
      text += (i == 0 ? ":id" : ", :id") + std::to_string(i);
    }
    statement.alloc();
    statement.prepare(text + ")");
    statement.define_and_bind();
    statement.execute();
    while (statement.fetch()) rows.emplace(row.id, std::make_shared<const Guild>(row));
  }
  return rows;
}

Found select(soci::session& sql, base::GuildId id) {
  const auto rows = select(sql, std::span(&id, 1));
  return rows.empty() ? nullptr : rows.begin()->second;
}

Found find_in(const Rows& rows, base::GuildId id) {
  const auto row = rows.find(id);
  return row == rows.end() ? nullptr : row->second;
}

bool has_trigger_with(soci::session& sql, base::GuildId id, const std::string& prefix) {
  std::string trigger;
  soci::statement statement =
      (sql.prepare << "SELECT `trigger` FROM commands WHERE guild_id = :id", soci::into(trigger), soci::use(id));
  statement.execute();
  while (statement.fetch()) {
    if (trigger.starts_with(prefix)) return true;
  }
  return false;
}

/// The rows of `guilds` that differ from what Discord says.
struct Difference {
  std::vector<DiscordGuild> added;
  std::vector<DiscordGuild> back;
  std::vector<DiscordGuild> renamed;
  std::vector<base::GuildId> gone;

  [[nodiscard]] bool empty() const { return added.empty() && back.empty() && renamed.empty() && gone.empty(); }
};

using Present = std::unordered_map<base::GuildId, DiscordGuild>;

Difference compare(soci::session& sql, const Present& present) {
  Difference difference;
  std::unordered_set<base::GuildId> known;
  DiscordGuild row;
  std::optional<base::Timestamp> left_at;
  soci::statement statement = (sql.prepare << "SELECT id, name, icon, left_at FROM guilds", soci::into(row.id),
                               soci::into(row.name), soci::into(row.icon), soci::into(left_at));
  statement.execute();
  while (statement.fetch()) {
    known.insert(row.id);
    const auto found = present.find(row.id);
    if (found == present.end()) {
      if (!left_at) difference.gone.push_back(row.id);
    } else if (left_at) {
      difference.back.push_back(found->second);
    } else if (found->second.name != row.name || found->second.icon != row.icon) {
      difference.renamed.push_back(found->second);
    }
  }
  for (const auto& [id, guild] : present) {
    if (!known.contains(id)) difference.added.push_back(guild);
  }
  return difference;
}

/// The same for some guilds, of which `present` are there and `left` are not.
Difference compare(soci::session& sql, const std::vector<DiscordGuild>& present,
                   const std::vector<base::GuildId>& left) {
  Difference difference;
  auto ids = left;
  for (const auto& guild : present) ids.push_back(guild.id);
  const auto rows = select(sql, ids);
  for (const auto& guild : present) {
    const auto row = find_in(rows, guild.id);
    if (!row) {
      difference.added.push_back(guild);
    } else if (row->left_at) {
      difference.back.push_back(guild);
    } else if (row->name != guild.name || row->icon != guild.icon) {
      difference.renamed.push_back(guild);
    }
  }
  for (const auto id : left) {
    const auto row = find_in(rows, id);
    if (row && !row->left_at) difference.gone.push_back(id);
  }
  return difference;
}

std::vector<base::GuildId> select_present(soci::session& sql) {
  std::vector<base::GuildId> ids;
  base::GuildId id;
  soci::statement statement = (sql.prepare << "SELECT id FROM guilds WHERE left_at IS NULL", soci::into(id));
  statement.execute();
  while (statement.fetch()) ids.push_back(id);
  return ids;
}

void add(soci::session& sql, const std::vector<DiscordGuild>& guilds, base::Timestamp now) {
  insert_many(sql, {"guilds", "id, name, icon, created_at, updated_at", 5}, guilds,
              [&now](soci::statement& statement, const DiscordGuild& guild) {
                statement.exchange(soci::use(guild.id));
                statement.exchange(soci::use(guild.name));
                statement.exchange(soci::use(guild.icon));
                statement.exchange(soci::use(now));
                statement.exchange(soci::use(now));
              });
}

/// The bot is in the guild, and this is what it is called.
void mark_present(soci::session& sql, const DiscordGuild& guild, base::Timestamp now) {
  sql << "UPDATE guilds SET name = :name, icon = :icon, left_at = NULL, updated_at = :now WHERE id = :id",
      soci::use(guild.name), soci::use(guild.icon), soci::use(now), soci::use(guild.id);
}

void mark_gone(soci::session& sql, base::GuildId id, base::Timestamp now) {
  sql << "UPDATE guilds SET left_at = :now, updated_at = :now2 WHERE id = :id", soci::use(now), soci::use(now),
      soci::use(id);
}

Reconciled apply(soci::session& sql, const Difference& difference, base::Timestamp now, Changes& changes) {
  add(sql, difference.added, now);
  for (const auto& guild : difference.added) changes.add(Entity::guild, guild.id);
  for (const auto* list : {&difference.back, &difference.renamed}) {
    for (const auto& guild : *list) {
      mark_present(sql, guild, now);
      changes.add(Entity::guild, guild.id);
    }
  }
  for (const auto id : difference.gone) {
    mark_gone(sql, id, now);
    changes.add(Entity::guild, id);
  }
  return {difference.added.size() + difference.back.size(), difference.gone.size(), difference.renamed.size()};
}

}  // namespace

GuildRepository::GuildRepository(Database& database)
    : database_(database), cache_(database.feed(), Entity::guild, cache_bytes, weigh) {}

net::Task<Found> GuildRepository::find(base::GuildId id) {
  if (auto known = cache_.find(id)) co_return std::move(*known);
  const auto ticket = cache_.ticket(id);
  ReadJob<Found> job = [id](soci::session& sql) { return select(sql, id); };
  auto reading = database_.read(std::move(job));
  auto guild = co_await std::move(reading);
  cache_.put(id, guild, ticket);
  co_return guild;
}

net::Task<std::vector<Found>> GuildRepository::find_many(std::vector<base::GuildId> ids) {
  struct Missing {
    std::size_t place;
    base::GuildId id;
    Cache<base::GuildId, Guild>::Ticket ticket;
  };
  std::vector<Found> guilds(ids.size());
  std::vector<Missing> missing;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (auto known = cache_.find(ids[i])) {
      guilds[i] = std::move(*known);
    } else {
      missing.push_back({i, ids[i], cache_.ticket(ids[i])});
    }
  }
  if (missing.empty()) co_return guilds;

  ReadJob<Rows> job = [missing](soci::session& sql) {
    std::vector<base::GuildId> wanted;
    for (const auto& guild : missing) wanted.push_back(guild.id);
    return select(sql, wanted);
  };
  auto reading = database_.read(std::move(job));
  const auto rows = co_await std::move(reading);
  for (const auto& [place, id, ticket] : missing) {
    guilds[place] = find_in(rows, id);
    cache_.put(id, guilds[place], ticket);
  }
  co_return guilds;
}

net::Task<base::Result<Found>> GuildRepository::update(base::GuildId id, std::optional<std::string> prefix,
                                                       std::optional<std::string> language) {
  WriteJob<base::Result<Found>> job = [id, prefix = std::move(prefix), language = std::move(language),
                                       now = database_.clock().now()](soci::session& sql,
                                                                      Changes& changes) -> base::Result<Found> {
    const auto before = select(sql, id);
    if (!before) return base::Error{base::Errc::not_found, "There is no such guild.", {}, {}};
    auto after = std::make_shared<Guild>(*before);
    after->prefix = prefix.value_or(before->prefix);
    after->language = language.value_or(before->language);
    if (after->prefix == before->prefix && after->language == before->language) return before;
    if (after->prefix != before->prefix && has_trigger_with(sql, id, after->prefix)) {
      return base::invalid("/prefix", "A command of this guild has a trigger that starts with this prefix.");
    }
    after->updated_at = now;
    sql << "UPDATE guilds SET prefix = :prefix, language = :language, updated_at = :now WHERE id = :id",
        soci::use(after->prefix), soci::use(after->language), soci::use(now), soci::use(id);
    changes.add(Entity::guild, id);
    return Found{std::move(after)};
  };
  auto writing = database_.write(std::move(job));
  co_return co_await std::move(writing);
}

net::Task<Reconciled> GuildRepository::reconcile(std::vector<DiscordGuild> present) {
  const auto by_id = std::make_shared<Present>();
  for (auto& guild : present) {
    const auto id = guild.id;
    by_id->insert_or_assign(id, std::move(guild));
  }
  // Nearly always nothing differs, and finding that out costs no commit.
  ReadJob<bool> differs = [by_id](soci::session& sql) { return !compare(sql, *by_id).empty(); };
  auto reading = database_.read(std::move(differs));
  const bool must_write = co_await std::move(reading);
  if (!must_write) co_return Reconciled{};

  WriteJob<Reconciled> job = [by_id, now = database_.clock().now()](soci::session& sql, Changes& changes) {
    return apply(sql, compare(sql, *by_id), now, changes);
  };
  auto writing = database_.write(std::move(job));
  co_return co_await std::move(writing);
}

net::Task<Reconciled> GuildRepository::follow(std::vector<DiscordGuild> present, std::vector<base::GuildId> left) {
  using News = std::pair<std::vector<DiscordGuild>, std::vector<base::GuildId>>;
  const auto news = std::make_shared<const News>(std::move(present), std::move(left));
  ReadJob<bool> differs = [news](soci::session& sql) { return !compare(sql, news->first, news->second).empty(); };
  auto reading = database_.read(std::move(differs));
  const bool must_write = co_await std::move(reading);
  if (!must_write) co_return Reconciled{};

  WriteJob<Reconciled> job = [news, now = database_.clock().now()](soci::session& sql, Changes& changes) {
    return apply(sql, compare(sql, news->first, news->second), now, changes);
  };
  auto writing = database_.write(std::move(job));
  co_return co_await std::move(writing);
}

net::Task<std::size_t> GuildRepository::mark_missing(std::unordered_set<base::GuildId> present,
                                                     std::function<bool(base::GuildId)> concerns) {
  ReadJob<std::vector<base::GuildId>> job = [present = std::move(present),
                                             concerns = std::move(concerns)](soci::session& sql) {
    auto ids = select_present(sql);
    std::erase_if(ids, [&](base::GuildId id) { return present.contains(id) || !concerns(id); });
    return ids;
  };
  auto reading = database_.read(std::move(job));
  auto missing = co_await std::move(reading);
  if (missing.empty()) co_return 0U;
  auto following = follow({}, std::move(missing));
  const auto changed = co_await std::move(following);
  co_return changed.left;
}

net::Task<std::size_t> GuildRepository::count_present() {
  ReadJob<std::size_t> job = [](soci::session& sql) {
    long long guilds = 0;
    sql << "SELECT COUNT(*) FROM guilds WHERE left_at IS NULL", soci::into(guilds);
    return static_cast<std::size_t>(guilds);
  };
  auto reading = database_.read(std::move(job));
  co_return co_await std::move(reading);
}

}  // namespace guildhall::database
