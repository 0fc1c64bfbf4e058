#include "server/guild_lists.hpp"

#include "api/errors.hpp"
#include "server/errors.hpp"

namespace guildhall::server {
namespace {

using base::Error;
using base::Result;

/// What an entry takes besides its JSON.
constexpr std::size_t entry_size = 256;

/// The error for the person who asked, after Discord's error about a request of the bot.
Error guild_lists_error(const Error& error) {
  using discord::ErrorCode;
  const auto code = discord::discord_code(error);
  if (code == ErrorCode::unknown_guild || code == ErrorCode::missing_access) return api::errors::not_in_guild;
  return discord_error(error);
}

template <class T>
Result<std::string> encode(Result<T> list) {
  if (!list) return list.error();
  return api::encode(*std::move(list));
}

}  // namespace

GuildLists::GuildLists(net::Executor home, const base::Clock& clock, discord::RestClient& rest)
    : clock_(clock), rest_(rest), flights_(std::move(home)) {}

net::Task<GuildLists::Json> GuildLists::list(base::GuildId guild, List list) {
  auto key = guild.to_string() + "/" + std::to_string(static_cast<int>(list));
  return find(std::move(key), [this, guild, list] { return fetch(guild, list); });
}

net::Task<GuildLists::Json> GuildLists::members(base::GuildId guild, api::MemberQuery query) {
  auto key = guild.to_string() + "/members/" + std::to_string(query.limit) + "/" + query.query;
  return find(std::move(key), [this, guild, query = std::move(query)] { return fetch_members(guild, query); });
}

net::Task<GuildLists::Json> GuildLists::find(std::string key, Fetch fetch) {
  if (auto json = cached(key, fresh_for)) co_return json;
  std::function<net::Task<Json>()> work = [this, key, fetch] { return fetch_unless_cached(key, fetch); };
  auto found = co_await flights_.run(key, std::move(work));
  if (found) co_return found;
  if (is_away(found.error())) {
    if (auto json = cached(key, shown_for)) co_return json;
  }
  co_return guild_lists_error(found.error());
}

/// A flight that ended after the caller looked may have brought it.
net::Task<GuildLists::Json> GuildLists::fetch_unless_cached(std::string key, Fetch fetch) {
  if (auto json = cached(key, fresh_for)) co_return json;
  const auto asked = clock_.steady();
  auto fetched = co_await fetch();
  if (!fetched) co_return fetched.error();
  auto json = std::make_shared<const std::string>(*std::move(fetched));
  const auto size = entry_size + key.size() + json->size();
  const std::lock_guard lock(mutex_);
  entries_.put(key, {json, asked}, size);
  co_return json;
}

std::shared_ptr<const std::string> GuildLists::cached(const std::string& key, std::chrono::seconds max_age) {
  const std::lock_guard lock(mutex_);
  const Entry* entry = entries_.find(key);
  return entry != nullptr && clock_.steady() - entry->fetched < max_age ? entry->json : nullptr;
}

net::Task<Result<std::string>> GuildLists::fetch(base::GuildId guild, List list) {
  if (list == List::channels) {
    auto channels = co_await rest_.guild_channels(guild);
    co_return encode(std::move(channels));
  }
  if (list == List::roles) {
    auto roles = co_await rest_.guild_roles(guild);
    co_return encode(std::move(roles));
  }
  auto emojis = co_await rest_.guild_emojis(guild);
  co_return encode(std::move(emojis));
}

net::Task<Result<std::string>> GuildLists::fetch_members(base::GuildId guild, api::MemberQuery query) {
  auto members = co_await rest_.search_guild_members(guild, query.query, query.limit);
  co_return encode(std::move(members));
}

}  // namespace guildhall::server
