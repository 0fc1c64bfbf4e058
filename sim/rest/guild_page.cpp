#include "sim/rest/guild_page.hpp"

#include "sim/rest/query_fields.hpp"

namespace guildhall::sim {
namespace {

constexpr std::size_t max_guilds = 200;

}  // namespace

GuildPage parse_guild_page(const net::FormFields& query) {
  return {parse_snowflake<GuildId>(query, "before"), parse_snowflake<GuildId>(query, "after"),
          parse_limit(query, max_guilds, max_guilds), parse_flag(query, "with_counts")};
}

std::vector<const Guild*> select(std::span<const Guild* const> guilds, const GuildPage& page) {
  std::vector<const Guild*> found;
  for (const Guild* guild : guilds) {
    if (page.after && guild->id <= *page.after) continue;
    if (page.before && guild->id >= *page.before) continue;
    found.push_back(guild);
  }
  if (found.size() <= page.limit) return found;
  if (page.before && !page.after) {
    found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(page.limit));
  } else {
    found.resize(page.limit);
  }
  return found;
}

}  // namespace guildhall::sim
