#include "server/middleware/authorization.hpp"

#include "api/errors.hpp"

namespace guildhall::server {

net::Task<base::Result<Authorized>> authorize(Authorizers by, const net::Request& request,
                                              const net::PathParams& params, Access access) {
  if (access == Access::everyone) co_return Authorized{};
  // Nearly always there is nothing to wait for.
  auto session = by.authentication.cached(request);
  if (!session) session = co_await by.authentication.authenticate(request);
  if (!*session) co_return session->error();
  const bool admin = (*session)->is_admin();
  if (access == Access::admin && !admin) co_return api::errors::not_admin;
  if (access != Access::guild_manager) co_return Authorized{**std::move(session), std::nullopt};

  const auto id = base::GuildId::parse(params["id"]);
  if (!id) co_return api::errors::not_in_guild;
  domain::DashboardUser user{(*session)->claims, (*session)->user, admin};
  auto editor = co_await by.access.from_dashboard(std::move(user), *id, by.managers);
  if (!editor) co_return editor.error();
  co_return Authorized{**std::move(session), *std::move(editor)};
}

}  // namespace guildhall::server
