#include "server/user_guilds.hpp"

#include <algorithm>

#include "api/errors.hpp"
#include "server/errors.hpp"

namespace guildhall::server {
namespace {

using base::Errc;
using base::Error;
namespace errors = api::errors;

/// How long a person waits at most for a rate limit to end.
constexpr std::chrono::milliseconds max_wait{2000};
/// How long Discord is not asked again after it did not answer, if there is a list to show.
constexpr std::chrono::seconds pause_after_failure{2};
/// A sweep looks at all guilds, and all of them change at once when the bot starts.
constexpr std::chrono::minutes sweep_interval{1};

/// The error for the person who asked, after Discord's error about its own route.
Error user_guilds_error(const Error& error) {
  switch (error.code) {
    case Errc::unauthenticated: return errors::session_ended;
    case Errc::forbidden: return errors::no_guilds_scope;
    default: return discord_error(error);
  }
}

}  // namespace

UserGuilds::UserGuilds(net::Executor home, const base::Clock& clock, discord::RestClient& rest, BotKnowledge bot,
                       base::Topic<base::RightsChanged>& changes)
    : clock_(clock),
      rest_(rest),
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
  // Only for a list that has just been fetched, so that the bot looks it up once.
  if (allowed && bot_.learn && listing->age.count() == 0) bot_.learn(guild, user);
  co_return allowed;
}

net::Task<base::Result<std::vector<UserGuilds::Managed>>> UserGuilds::manageable(SessionClaims claims) {
  Use use{trusted_for, [this](const Snapshot& snapshot) { return !is_distrusted(snapshot, std::nullopt); }};
  const auto listing = co_await list_for(std::move(claims), std::move(use));
  if (!listing) co_return listing.error();
  std::vector<Managed> managed;
  for (const auto& guild : listing->snapshot->guilds) {
    const auto permissions = guild.owner ? discord::Permissions(discord::Permissions::all) : guild.permissions;
    if (guild.manageable()) managed.push_back({guild.id, permissions});
  }
  co_return managed;
}

std::vector<base::GuildId> UserGuilds::bot_guilds() const {
  return bot_.guilds ? bot_.guilds() : std::vector<base::GuildId>();
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
  const bool usable = fits && age < use.max_age;
  if (usable && clock_.steady() < known.ask_again) co_return Listing{known.snapshot, age, true};

  const auto user = claims->id;
  std::function<net::Task<base::Result<std::shared_ptr<const Snapshot>>>()> work = [this, claims, use] {
    return fetch_unless_known(claims, use);
  };
  auto fetched = co_await flights_.run(user, work);
  // A request that was in flight when rights changed is too old; the next one is not.
  if (fetched && !use.fits(**fetched)) fetched = co_await flights_.run(user, std::move(work));
  if (fetched) co_return Listing{*fetched, age_of((*fetched)->fetched), false};
  if (usable && is_away(fetched.error())) co_return Listing{known.snapshot, age, true};
  co_return user_guilds_error(fetched.error());
}

/// A flight that ended after the caller looked may have brought what they need.
net::Task<base::Result<std::shared_ptr<const UserGuilds::Snapshot>>> UserGuilds::fetch_unless_known(
    SessionClaims claims, Use use) {
  const Entry known = find(claims->id);
  if (known.snapshot && age_of(known.snapshot->fetched) < fresh_for && use.fits(*known.snapshot))
    co_return known.snapshot;
  auto fetched = co_await fetch(std::move(claims));
  co_return fetched;
}

net::Task<base::Result<std::shared_ptr<const UserGuilds::Snapshot>>> UserGuilds::fetch(SessionClaims claims) {
  const Entry before = find(claims->id);
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(before.ask_again - clock_.steady());
  if (!before.snapshot && wait > max_wait)
    co_return Error{Errc::rate_limited, "Discord limits our requests.", "", wait};

  const Time asked = clock_.steady();
  auto guilds = co_await rest_.current_user_guilds(claims->access_token, max_wait);
  if (guilds) {
    // As old as the request, because rights may have ended while Discord answered.
    auto snapshot = std::make_shared<const Snapshot>(Snapshot{std::move(*guilds), asked});
    remember(claims->id, {snapshot, {}});
    co_return snapshot;
  }
  const Error& error = guilds.error();
  if (error.code == Errc::rate_limited || (is_away(error) && before.snapshot)) {
    const auto pause = std::max<std::chrono::milliseconds>(error.retry_after, pause_after_failure);
    remember(claims->id, {before.snapshot, clock_.steady() + pause});
  }
  co_return error;
}

void UserGuilds::forget(base::UserId user) {
  const std::lock_guard lock(mutex_);
  entries_.erase(user);
}

void UserGuilds::distrust(base::GuildId guild) {
  const auto now = clock_.steady();
  const std::lock_guard lock(mutex_);
  if (now >= next_sweep_) {
    next_sweep_ = now + sweep_interval;
    std::erase_if(distrusted_, [now](const auto& item) { return now - item.second > trusted_for; });
  }
  distrusted_[guild] = now;
}

std::chrono::seconds UserGuilds::age_of(Time fetched) const {
  return std::chrono::duration_cast<std::chrono::seconds>(clock_.steady() - fetched);
}

UserGuilds::Entry UserGuilds::find(base::UserId user) {
  const std::lock_guard lock(mutex_);
  const Entry* found = entries_.find(user);
  return found == nullptr ? Entry{} : *found;
}

void UserGuilds::remember(base::UserId user, Entry entry) {
  const std::lock_guard lock(mutex_);
  entries_.put(user, std::move(entry));
}

}  // namespace guildhall::server
