#include "sim/world/rate_limits.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::sim {
namespace {

using std::chrono_literals::operator""ms;

constexpr auto buckets = std::to_array<std::pair<Bucket, std::string_view>>({
    {Bucket::current_user, "currentUser"},
    {Bucket::current_user_guilds, "currentUserGuilds"},
    {Bucket::guild, "guild"},
    {Bucket::application, "application"},
    {Bucket::authorization, "authorization"},
    {Bucket::token, "token"},
    {Bucket::gateway, "gateway"},
    {Bucket::user, "user"},
    {Bucket::direct_message, "directMessage"},
    {Bucket::member, "member"},
    {Bucket::channel, "channel"},
    {Bucket::typing, "typing"},
    {Bucket::message_read, "messageRead"},
    {Bucket::message_create, "messageCreate"},
    {Bucket::message_edit, "messageEdit"},
    {Bucket::message_delete, "messageDelete"},
    {Bucket::message_bulk_delete, "messageBulkDelete"},
    {Bucket::reaction, "reaction"},
    {Bucket::pin, "pin"},
    {Bucket::thread, "thread"},
    {Bucket::webhook, "webhook"},
    {Bucket::role, "role"},
    {Bucket::ban, "ban"},
    {Bucket::emoji, "emoji"},
    {Bucket::invite, "invite"},
    {Bucket::command_read, "commandRead"},
    {Bucket::command_write, "commandWrite"},
    {Bucket::interaction_callback, "interactionCallback"},
    {Bucket::interaction_message, "interactionMessage"},
});

/// What bots have seen Discord allow.
constexpr auto usual_windows = std::to_array<std::pair<Bucket, RateWindow>>({
    {Bucket::direct_message, {10, 10'000ms}},
    {Bucket::member, {5, 1000ms}},
    {Bucket::typing, {5, 5000ms}},
    {Bucket::message_create, {5, 5000ms}},
    {Bucket::message_edit, {5, 5000ms}},
    {Bucket::message_delete, {5, 1000ms}},
    {Bucket::message_bulk_delete, {1, 1000ms}},
    {Bucket::reaction, {1, 250ms}},
    {Bucket::command_write, {5, 20'000ms}},
    {Bucket::interaction_callback, {5, 1000ms}},
    {Bucket::interaction_message, {5, 2000ms}},
});

constexpr RateWindow no_limit{1'000'000'000, 1000ms};

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

bool counts_globally(Bucket bucket) {
  return bucket != Bucket::interaction_callback && bucket != Bucket::interaction_message;
}

RateWindow RateLimits::global_window() const { return lifted ? no_limit : global; }

RateWindow RateLimits::window(Bucket bucket, TokenKind token) const {
  if (lifted) return no_limit;
  const auto usual =
      std::find_if(usual_windows.begin(), usual_windows.end(), [&](const auto& row) { return row.first == bucket; });
  const RateWindow* found = usual == usual_windows.end() ? &fallback : &usual->second;
  for (const Rule& rule : rules) {
    if (rule.bucket != bucket) continue;
    if (rule.token == token) return rule.window;
    if (!rule.token) found = &rule.window;
  }
  return *found;
}

}  // namespace guildhall::sim
