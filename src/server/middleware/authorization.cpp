#include "server/middleware/authorization.hpp"

#include "api/errors.hpp"
#include "database/models/guild_repository.hpp"
#include "server/middleware/authentication.hpp"
#include "server/services.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server {
namespace {

net::Task<base::Result<void>> authorize_guild(Context& context) {
  const auto id = base::GuildId::parse(context.params["id"]);
  if (!id) co_return api::errors::not_in_guild;
  auto guild = context.services.guilds.known(*id);
  if (!guild) guild = co_await context.services.guilds.find(*id);
  if (!*guild || (*guild)->left_at) co_return api::errors::not_in_guild;
  context.guild = *std::move(guild);
  if (context.session->is_admin()) co_return base::Result<void>{};

  const auto allowed = co_await context.services.user_guilds.may_manage(context.session->claims, *id);
  if (!allowed) co_return allowed.error();
  if (!*allowed) co_return api::errors::not_manager;
  co_return base::Result<void>{};
}

}  // namespace

net::Task<base::Result<void>> authorize(Context& context, Access access) {
  if (access == Access::everyone) co_return base::Result<void>{};
  // Nearly always there is nothing to wait for.
  const auto& authentication = context.services.authentication;
  auto session = authentication.cached(context.request);
  if (!session) session = co_await authentication.authenticate(context.request);
  if (!*session) co_return session->error();
  context.session = **std::move(session);
  if (access == Access::admin && !context.session->is_admin()) co_return api::errors::not_admin;
  if (access == Access::guild_manager) {
    const auto allowed = co_await authorize_guild(context);
    co_return allowed;
  }
  co_return base::Result<void>{};
}

}  // namespace guildhall::server
