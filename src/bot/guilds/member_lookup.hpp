#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <utility>

#include "base/result.hpp"
#include "discord/cache/guild_cache.hpp"
#include "net/task.hpp"

namespace guildhall::bot {

/// Adds members to the guild cache whom the gateway has not sent yet, with their roles from Discord's REST API. Only of
/// use with the intent GUILD_MEMBERS, which keeps them up to date.
class MemberLookup {
 public:
  using Fetch = std::function<net::Task<base::Result<discord::Member>>(base::GuildId, base::UserId)>;

  static constexpr std::size_t max_in_flight = 100;

  /// `cache` outlives this, and this outlives the run of `home`.
  MemberLookup(net::Executor home, discord::GuildCache& cache, Fetch fetch)
      : home_(std::move(home)), cache_(cache), fetch_(std::move(fetch)) {}

  /// Fetches the member in the background, unless it is being fetched or too many are. A failure is ignored, as the
  /// user's own list of guilds then goes on to decide. Any thread.
  void start(base::GuildId guild, base::UserId user);

 private:
  [[nodiscard]] net::Task<> run(base::GuildId guild, base::UserId user);

  const net::Executor home_;
  discord::GuildCache& cache_;
  const Fetch fetch_;
  std::set<std::pair<base::GuildId, base::UserId>> in_flight_;  ///< On the home loop.
};

}  // namespace guildhall::bot
