#include "server/socket/dashboard_client.hpp"

#include <algorithm>

#include "database/errors.hpp"
#include "database/models/guild_store.hpp"
#include "server/socket/log_stream.hpp"
#include "server/socket/rooms.hpp"
#include "server/user_guilds.hpp"
#include "socketio/socket.hpp"

namespace guildhall::server {

DashboardClient::DashboardClient(Parts parts, std::shared_ptr<socketio::Socket> socket, Session session)
    : parts_(parts),
      client_{.socket = std::move(socket), .user = session.claims->id},
      session_(std::move(session)),
      confirmed_(parts_.clock.steady()) {
  parts_.events.greet(client_);
}

net::Task<> DashboardClient::check() {
  const auto started = parts_.clock.steady();
  try {
    auto session = co_await parts_.authentication.recheck(session_.claims);
    if (!session) co_return socket().disconnect(socketio::Socket::Close::connection);
    session_ = *std::move(session);
    if (refreshing_) co_return;
    refreshing_ = true;
    co_await refresh_visibility();
  } catch (const database::Unavailable&) {
    // The next check comes soon, and what is shown until then has a time limit.
  }
  refreshing_ = false;
  if (started - confirmed_ > max_visibility_age) show({});
}

net::Task<> DashboardClient::refresh_visibility() {
  // Rights are as old as the question about them.
  const auto asked = parts_.clock.steady();
  auto visibility = co_await load_visibility();
  if (visibility) {
    show(*std::move(visibility));
    confirmed_ = asked;
    co_return;
  }
  const auto code = visibility.error().code;
  if (code == base::Errc::unauthenticated || code == base::Errc::forbidden) show({});
}

net::Task<base::Result<Visibility>> DashboardClient::load_visibility() {
  Visibility visibility;
  if (session_.is_admin()) {
    visibility.everything = true;
    for (const auto guild : parts_.user_guilds.bot_guilds()) visibility.guilds.push_back({guild, true});
  } else {
    const auto manageable = co_await parts_.user_guilds.manageable(session_.claims);
    if (!manageable) co_return manageable.error();
    std::vector<base::GuildId> ids;
    for (const auto& guild : *manageable) ids.push_back(guild.id);
    auto loading = parts_.guilds.find_many(std::move(ids));
    const auto rows = co_await std::move(loading);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& guild = (*manageable)[i];
      if (rows[i] && !rows[i]->left_at)
        visibility.guilds.push_back({guild.id, guild.permissions.is_administrator(), guild.permissions});
    }
  }
  std::ranges::sort(visibility.guilds, {}, &VisibleGuild::id);
  co_return visibility;
}

void DashboardClient::show(Visibility visibility) {
  if (!socket().connected()) return;
  const bool was_admin = client_.sees && client_.sees->everything;
  const bool is_admin = visibility.everything;
  parts_.events.show(client_, std::move(visibility));
  if (is_admin && !was_admin) parts_.logs.admit(socket());
  if (was_admin && !is_admin) socket().leave(admin_room);
}

}  // namespace guildhall::server
