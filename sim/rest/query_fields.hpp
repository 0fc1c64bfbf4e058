#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "net/form.hpp"
#include "sim/rest/discord_error.hpp"

/// Fields of a query string, as Discord reads them. All throw DiscordError for an invalid value.
namespace guildhall::sim {

/// Discord's boolean query strings; false if the query has no such field.
[[nodiscard]] bool parse_flag(const net::FormFields& query, std::string_view name);

/// The field `limit`: 1 to `max`, or `fallback`.
[[nodiscard]] std::size_t parse_limit(const net::FormFields& query, std::size_t fallback, std::size_t max);

/// A snowflake; nothing if the query has no such field.
template <class Id>
[[nodiscard]] std::optional<Id> parse_snowflake(const net::FormFields& query, std::string_view name) {
  const auto text = net::find_field(query, name);
  if (!text) return std::nullopt;
  const auto id = Id::parse(*text);
  if (!id) throw not_a_snowflake(name, *text);
  return id;
}

}  // namespace guildhall::sim
