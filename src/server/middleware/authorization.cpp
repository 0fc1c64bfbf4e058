#include "server/middleware/authorization.hpp"

#include "api/errors.hpp"
#include "server/middleware/authentication.hpp"
#include "server/services.hpp"
#include "server/user_guilds.hpp"

namespace guildhall::server {
namespace {

net::Task<base::Result<void>> authorize_guild(Context& context) {
  const auto id = base::GuildId::parse(context.params["id"]);
  if (!id) co_return api::errors::not_in_guild;
  auto& services = context.services;
  const auto& session = *context.session;
  domain::DashboardUser user{session.claims, session.user, session.is_admin()};
  auto editor = co_await services.access.from_dashboard(std::move(user), *id, services.user_guilds);
  if (!editor) co_return editor.error();
  context.guild = *std::move(editor);
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
