// The part of GuildRepository that makes table `guilds` agree with Discord about where the bot is.
#include <algorithm>
#include <unordered_set>

#include "database/models/guild_repository.hpp"
#include "database/rows.hpp"

namespace guildhall::database {

struct GuildRepository::Presence {
  std::unordered_map<base::GuildId, DiscordGuild> present;
  std::optional<std::vector<base::GuildId>> asked;  ///< The guilds that it is about; nothing: all.
};

namespace {

/// What a row says of these things.
struct Known {
  static constexpr const char* table = "guilds";
  base::GuildId id;
  std::string name;
  std::optional<std::string> icon;
  std::optional<base::Timestamp> left_at;
};
BOOST_DESCRIBE_STRUCT(Known, (), (id, name, icon, left_at))

std::vector<Known> select_known(soci::session& sql, const std::optional<std::vector<base::GuildId>>& asked) {
  if (!asked) return select<Known>(sql, "");
  std::vector<Known> rows;
  for (const auto chunk : chunked(std::span(*asked))) {
    auto some = select<Known>(sql, "WHERE id IN " + placeholders(chunk.size()), chunk);
    rows.insert(rows.end(), std::move_iterator(some.begin()), std::move_iterator(some.end()));
  }
  return rows;
}

/// Where rows differ from what Discord says.
struct Difference {
  std::vector<DiscordGuild> added;
  std::vector<DiscordGuild> back;
  std::vector<DiscordGuild> renamed;
  std::vector<base::GuildId> gone;

  [[nodiscard]] bool empty() const { return added.empty() && back.empty() && renamed.empty() && gone.empty(); }
};

Difference compare(const std::vector<Known>& rows, std::unordered_map<base::GuildId, DiscordGuild> present) {
  Difference difference;
  for (const auto& row : rows) {
    const auto found = present.extract(row.id);
    if (found.empty()) {
      if (!row.left_at) difference.gone.push_back(row.id);
    } else if (row.left_at) {
      difference.back.push_back(found.mapped());
    } else if (found.mapped().name != row.name || found.mapped().icon != row.icon) {
      difference.renamed.push_back(found.mapped());
    }
  }
  for (auto& [id, guild] : present) difference.added.push_back(std::move(guild));
  return difference;
}

Reconciled write(soci::session& sql, const Difference& difference, base::Timestamp now, Changes& changes) {
  std::vector<Guild> rows;
  for (const auto& guild : difference.added) {
    changes.add(Entity::guild, guild.id);
    auto& row = rows.emplace_back();
    row.id = guild.id;
    row.name = guild.name;
    row.icon = guild.icon;
    row.created_at = row.updated_at = now;
  }
  insert_many(sql, rows);
  for (const auto* list : {&difference.back, &difference.renamed}) {
    for (const auto& guild : *list) {
      changes.add(Entity::guild, guild.id);
      execute(sql, "UPDATE guilds SET name = :name, icon = :icon, left_at = NULL, updated_at = :now WHERE id = :id",
              guild.name, guild.icon, now, guild.id);
    }
  }
  for (const auto id : difference.gone) {
    changes.add(Entity::guild, id);
    execute(sql, "UPDATE guilds SET left_at = :now, updated_at = :now2 WHERE id = :id", now, now, id);
  }
  return {difference.added.size() + difference.back.size(), difference.gone.size(), difference.renamed.size()};
}

}  // namespace

net::Task<Reconciled> GuildRepository::apply(std::shared_ptr<const Presence> presence) {
  // Nearly always nothing differs, and reading costs no commit.
  ReadJob<bool> differs = [presence](soci::session& sql) {
    return !compare(select_known(sql, presence->asked), presence->present).empty();
  };
  const bool must_write = co_await database_.read(std::move(differs));
  if (!must_write) co_return Reconciled{};

  WriteJob<Reconciled> job = [presence, now = database_.clock().now()](soci::session& sql, Changes& changes) {
    return write(sql, compare(select_known(sql, presence->asked), presence->present), now, changes);
  };
  co_return co_await database_.write(std::move(job));
}

net::Task<Reconciled> GuildRepository::reconcile(std::vector<DiscordGuild> present) {
  const auto presence = std::make_shared<Presence>();
  for (auto& guild : present) {
    const auto id = guild.id;
    presence->present.insert_or_assign(id, std::move(guild));
  }
  return apply(presence);
}

net::Task<Reconciled> GuildRepository::follow(std::vector<DiscordGuild> present, std::vector<base::GuildId> left) {
  const auto presence = std::make_shared<Presence>();
  presence->asked = std::move(left);
  for (auto& guild : present) {
    const auto id = guild.id;
    presence->asked->push_back(id);
    presence->present.insert_or_assign(id, std::move(guild));
  }
  return apply(presence);
}

net::Task<std::size_t> GuildRepository::mark_missing(std::unordered_set<base::GuildId> present,
                                                     std::function<bool(base::GuildId)> concerns) {
  ReadJob<std::vector<base::GuildId>> job = [present = std::move(present),
                                             concerns = std::move(concerns)](soci::session& sql) {
    auto ids = query<base::GuildId>(sql, "SELECT id FROM guilds WHERE left_at IS NULL");
    std::erase_if(ids, [&](base::GuildId id) { return present.contains(id) || !concerns(id); });
    return ids;
  };
  auto missing = co_await database_.read(std::move(job));
  if (missing.empty()) co_return 0U;
  auto following = follow({}, std::move(missing));
  const auto changed = co_await std::move(following);
  co_return changed.left;
}

net::Task<std::size_t> GuildRepository::count_present() {
  ReadJob<std::size_t> job = [](soci::session& sql) {
    return static_cast<std::size_t>(*query_one<long long>(sql, "SELECT COUNT(*) FROM guilds WHERE left_at IS NULL"));
  };
  co_return co_await database_.read(std::move(job));
}

}  // namespace guildhall::database
