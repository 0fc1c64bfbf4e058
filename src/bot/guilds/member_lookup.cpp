#include "bot/guilds/member_lookup.hpp"

#include "discord/model/guild.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {

void MemberLookup::start(base::GuildId guild, base::UserId user) { net::spawn(home_, run(guild, user)); }

net::Task<> MemberLookup::run(base::GuildId guild, base::UserId user) {
  if (in_flight_.size() >= max_in_flight || !in_flight_.emplace(guild, user).second) co_return;
  const auto version = cache_.version(guild);
  const auto member = co_await fetch_(guild, user);
  if (member) cache_.remember(guild, *member, version);
  in_flight_.erase({guild, user});
}

}  // namespace guildhall::bot
