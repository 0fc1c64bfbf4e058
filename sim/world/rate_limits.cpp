#include "sim/world/rate_limits.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::sim {
namespace {

constexpr std::array<std::pair<Bucket, std::string_view>, 6> buckets{{
    {Bucket::current_user, "currentUser"},
    {Bucket::current_user_guilds, "currentUserGuilds"},
    {Bucket::guild, "guild"},
    {Bucket::application, "application"},
    {Bucket::authorization, "authorization"},
    {Bucket::token, "token"},
}};

constexpr std::array<std::pair<TokenKind, std::string_view>, 3> token_kinds{{
    {TokenKind::none, "none"},
    {TokenKind::bot, "Bot"},
    {TokenKind::bearer, "Bearer"},
}};

template <class Table, class Key>
std::string_view name_of(const Table& table, Key key) {
  return std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == key; })->second;
}

template <class Table>
auto find_by_name(const Table& table, std::string_view name) -> std::optional<decltype(table.front().first)> {
  const auto row = std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.second == name; });
  if (row == table.end()) return std::nullopt;
  return row->first;
}

}  // namespace

std::string_view to_string(Bucket bucket) { return name_of(buckets, bucket); }
std::optional<Bucket> parse_bucket(std::string_view name) { return find_by_name(buckets, name); }

std::string_view to_string(TokenKind kind) { return name_of(token_kinds, kind); }
std::optional<TokenKind> parse_token_kind(std::string_view name) { return find_by_name(token_kinds, name); }

RateWindow RateLimits::window(Bucket bucket, TokenKind token) const {
  const RateWindow* found = &fallback;
  for (const Rule& rule : rules) {
    if (rule.bucket != bucket) continue;
    if (rule.token == token) return rule.window;
    if (!rule.token) found = &rule.window;
  }
  return *found;
}

}  // namespace guildhall::sim
