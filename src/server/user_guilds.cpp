#include "server/user_guilds.hpp"

#include <algorithm>

namespace guildhall::server {
namespace {

using base::Errc;
using base::Error;
using Steady = std::chrono::steady_clock;

/// How long a person may be kept waiting for a rate limit to end.
constexpr std::chrono::milliseconds patience{2000};
/// How long Discord is left alone after it did not answer, while there is a list to show.
constexpr std::chrono::seconds pause_after_failure{2};
/// All guilds change at once when the bot comes, and a look at what to forget is one at all of them.
constexpr std::chrono::minutes between_sweeps{1};

/// Discord is away, or asks us to stay away.
bool is_away(const Error& error) {
  return error.code == Errc::rate_limited || error.code == Errc::unavailable || error.code == Errc::timed_out;
}

/// What Discord's error about its own route means for who asked ours.
Error for_people(const Error& error) {
  switch (error.code) {
    case Errc::unauthenticated: return {Errc::unauthenticated, "Discord no longer accepts this session; log in again."};
    case Errc::forbidden: return {Errc::forbidden, "This login does not include the scope guilds; log in again."};
    case Errc::rate_limited:
      return {Errc::unavailable, "Discord asks us to wait; try again shortly.", "", error.retry_after};
    case Errc::unavailable:
    case Errc::timed_out: return {Errc::unavailable, "Discord is away; try again shortly.", "", error.retry_after};
    default: return {Errc::bad_upstream, "Discord did not answer with a list of guilds."};
  }
}

std::chrono::seconds age_of(UserGuilds::Time fetched) {
  return std::chrono::duration_cast<std::chrono::seconds>(Steady::now() - fetched);
}

}  // namespace

UserGuilds::UserGuilds(net::Executor home, discord::RestClient& rest, BotKnowledge bot,
                       base::Topic<base::RightsChanged>& changes)
    : rest_(rest),
      bot_(std::move(bot)),
      flights_(std::move(home)),
      changes_(changes.subscribe([this](const auto& change) { distrust(change->guild); })) {}

net::Task<base::Result<UserGuilds::Listing>> UserGuilds::list(SessionClaims claims) {
  return list_for(std::move(claims), {shown_for, [](const Snapshot&) { return true; }});
}

net::Task<base::Result<bool>> UserGuilds::may_manage(SessionClaims claims, base::GuildId guild) {
  const auto user = claims->id;
  if (bot_.permissions) {
    const auto permissions = bot_.permissions(guild, user);
    if (permissions && permissions->may_manage_guild()) co_return true;
  }
  Use use{trusted_for, [this, guild](const Snapshot& snapshot) { return !is_distrusted(snapshot, guild); }};
  const auto listing = co_await list_for(std::move(claims), std::move(use));
  if (!listing) co_return listing.error();
  const auto& guilds = listing->snapshot->guilds;
  const bool allowed = std::any_of(guilds.begin(), guilds.end(), [guild](const discord::PartialGuild& candidate) {
    return candidate.id == guild && candidate.manageable();
  });
  // Once for each list that was fetched, so that the next need not be.
  if (allowed && bot_.learn && listing->age.count() == 0) bot_.learn(guild, user);
  co_return allowed;
}

net::Task<base::Result<std::vector<base::GuildId>>> UserGuilds::manageable(SessionClaims claims) {
  Use use{trusted_for, [this](const Snapshot& snapshot) { return !is_distrusted(snapshot, std::nullopt); }};
  const auto listing = co_await list_for(std::move(claims), std::move(use));
  if (!listing) co_return listing.error();
  std::vector<base::GuildId> ids;
  for (const auto& guild : listing->snapshot->guilds) {
    if (guild.manageable()) ids.push_back(guild.id);
  }
  co_return ids;
}

bool UserGuilds::is_distrusted(const Snapshot& snapshot, std::optional<base::GuildId> guild) const {
  const std::lock_guard lock(mutex_);
  if (distrusted_.empty()) return false;
  return std::any_of(snapshot.guilds.begin(), snapshot.guilds.end(), [&](const discord::PartialGuild& listed) {
    if (guild && listed.id != *guild) return false;
    const auto found = distrusted_.find(listed.id);
    return found != distrusted_.end() && snapshot.fetched <= found->second;
  });
}

net::Task<base::Result<UserGuilds::Listing>> UserGuilds::list_for(SessionClaims claims, Use use) {
  const Entry known = find(claims->id);
  const auto age = known.snapshot ? age_of(known.snapshot->fetched) : std::chrono::seconds::max();
  const bool fits = known.snapshot && use.fits(*known.snapshot);
  if (fits && age < fresh_for) co_return Listing{known.snapshot, age, false};
  const bool usable = fits && age < use.oldest;
  if (usable && Steady::now() < known.ask_again) co_return Listing{known.snapshot, age, true};

  const auto user = claims->id;
  std::function<net::Task<base::Result<std::shared_ptr<const Snapshot>>>()> work = [this, claims] {
    return fetch(claims);
  };
  auto fetched = co_await flights_.run(user, work);
  // One that was under way when rights changed is too old; the next is not.
  if (fetched && !use.fits(**fetched)) fetched = co_await flights_.run(user, std::move(work));
  if (fetched) co_return Listing{*fetched, age_of((*fetched)->fetched), false};
  if (usable && is_away(fetched.error())) co_return Listing{known.snapshot, age, true};
  co_return for_people(fetched.error());
}

net::Task<base::Result<std::shared_ptr<const UserGuilds::Snapshot>>> UserGuilds::fetch(SessionClaims claims) {
  const Entry before = find(claims->id);
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(before.ask_again - Steady::now());
  if (!before.snapshot && wait > patience) co_return Error{Errc::rate_limited, "Discord asks us to wait.", "", wait};

  const Time asked = Steady::now();
  auto access_token = claims->access_token;
  auto guilds = co_await rest_.current_user_guilds(std::move(access_token), patience);
  if (guilds) {
    // As old as the question, since rights may have ended while it was answered.
    auto snapshot = std::make_shared<const Snapshot>(Snapshot{std::move(*guilds), asked});
    remember(claims->id, {snapshot, {}});
    co_return snapshot;
  }
  const Error& error = guilds.error();
  if (error.code == Errc::rate_limited || (is_away(error) && before.snapshot)) {
    const auto pause = std::max<std::chrono::milliseconds>(error.retry_after, pause_after_failure);
    remember(claims->id, {before.snapshot, Steady::now() + pause});
  }
  co_return error;
}

void UserGuilds::forget(base::UserId user) {
  const std::lock_guard lock(mutex_);
  entries_.erase(user);
}

void UserGuilds::distrust(base::GuildId guild) {
  const auto now = Steady::now();
  const std::lock_guard lock(mutex_);
  if (now >= next_sweep_) {
    next_sweep_ = now + between_sweeps;
    std::erase_if(distrusted_, [now](const auto& item) { return now - item.second > trusted_for; });
  }
  distrusted_[guild] = now;
}

UserGuilds::Entry UserGuilds::find(base::UserId user) const {
  const std::lock_guard lock(mutex_);
  const auto found = entries_.find(user);
  return found == entries_.end() ? Entry{} : found->second;
}

void UserGuilds::remember(base::UserId user, Entry entry) {
  const std::lock_guard lock(mutex_);
  if (entries_.size() >= capacity && !entries_.contains(user)) {
    // Rare, so a look at all is cheap: who is too old to be shown goes, or else anyone.
    std::erase_if(entries_, [](const auto& item) {
      return !item.second.snapshot || age_of(item.second.snapshot->fetched) >= shown_for;
    });
    if (entries_.size() >= capacity) entries_.erase(entries_.begin());
  }
  entries_[user] = std::move(entry);
}

}  // namespace guildhall::server
