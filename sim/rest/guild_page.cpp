#include "sim/rest/guild_page.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace guildhall::sim {
namespace {

constexpr std::size_t max_limit = 200;

DiscordResult<std::optional<GuildId>> parse_snowflake(const net::FormFields& query, std::string_view name) {
  const auto text = net::find_field(query, name);
  if (!text) return std::optional<GuildId>();
  const auto id = GuildId::parse(*text);
  if (!id) return invalid_form(name, "Value \"" + std::string(*text) + "\" is not snowflake.");
  return id;
}

DiscordResult<std::size_t> parse_limit(const net::FormFields& query) {
  const auto text = net::find_field(query, "limit");
  if (!text) return max_limit;
  long limit = 0;
  const char* const end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, limit);
  if (error != std::errc() || stop != end) {
    return invalid_form("limit", "Value \"" + std::string(*text) + "\" is not int.");
  }
  if (limit < 1) return invalid_form("limit", "int value should be greater than or equal to 1.");
  if (limit > static_cast<long>(max_limit)) {
    return invalid_form("limit", "int value should be less than or equal to " + std::to_string(max_limit) + ".");
  }
  return static_cast<std::size_t>(limit);
}

}  // namespace

DiscordResult<bool> parse_flag(const net::FormFields& query, std::string_view name) {
  const auto text = net::find_field(query, name);
  if (!text || *text == "false" || *text == "False" || *text == "0") return false;
  if (*text == "true" || *text == "True" || *text == "1") return true;
  return invalid_form(name, "Must be either true or false.");
}

DiscordResult<GuildPage> parse_guild_page(const net::FormFields& query) {
  const auto before = parse_snowflake(query, "before");
  if (!before) return before.error();
  const auto after = parse_snowflake(query, "after");
  if (!after) return after.error();
  const auto limit = parse_limit(query);
  if (!limit) return limit.error();
  const auto with_counts = parse_flag(query, "with_counts");
  if (!with_counts) return with_counts.error();
  return GuildPage{*before, *after, *limit, *with_counts};
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
