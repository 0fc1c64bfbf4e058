#include "domain/access.hpp"

#include "api/errors.hpp"

namespace guildhall::domain {

using base::Errc;
using base::Error;

net::Task<base::Result<GuildEditor>> Access::from_dashboard(DashboardUser user, base::GuildId id,
                                                            GuildManagers& managers) const {
  auto known = guilds_.known(id);  // nearly always, without a coroutine
  if (!known) known = co_await guilds_.find(id);
  auto guild = *std::move(known);
  if (!guild || guild->left_at) co_return api::errors::not_in_guild;
  if (!user.admin) {
    const auto allowed = co_await managers.may_manage(user.claims, id);
    if (!allowed) co_return allowed.error();
    if (!*allowed) co_return api::errors::not_manager;
  }
  Actor actor{Actor::Kind::user, user.user->id.value(), user.user->username, Actor::Source::dashboard};
  co_return GuildEditor(std::move(actor), std::move(guild));
}

net::Task<base::Result<GuildEditor>> Access::from_slash(base::UserId user, std::optional<base::GuildId> id,
                                                        discord::Permissions permissions) const {
  if (!id || !permissions.may_manage_guild()) {
    co_return Error{Errc::forbidden, "You need the permission Manage Server for this."};
  }
  auto guild = co_await guilds_.find(*id);
  if (!guild) co_return Error{Errc::not_found, "The bot does not know this server yet. Try again in a moment."};
  co_return GuildEditor(Actor{Actor::Kind::user, user.value(), {}, Actor::Source::slash}, std::move(guild));
}

}  // namespace guildhall::domain
