#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "net/form.hpp"
#include "sim/rest/discord_error.hpp"

/// Fields of a query, as Discord reads them.
namespace guildhall::sim {

/// Discord's boolean query strings; false where the query has no such field.
[[nodiscard]] DiscordResult<bool> parse_flag(const net::FormFields& query, std::string_view name);

/// The field `limit`: 1 to `max`, or `fallback`.
[[nodiscard]] DiscordResult<std::size_t> parse_limit(const net::FormFields& query, std::size_t fallback,
                                                     std::size_t max);

/// A snowflake; nothing where the query has no such field.
template <class Id>
[[nodiscard]] DiscordResult<std::optional<Id>> parse_snowflake(const net::FormFields& query, std::string_view name) {
  const auto text = net::find_field(query, name);
  if (!text) return std::optional<Id>();
  const auto id = Id::parse(*text);
  if (!id) return not_a_snowflake(name, *text);
  return id;
}

}  // namespace guildhall::sim
