#include "server/socket/dashboard_client.hpp"

#include <algorithm>

#include "database/errors.hpp"
#include "database/models/guild_repository.hpp"
#include "server/socket/log_stream.hpp"
#include "server/socket/rooms.hpp"
#include "server/user_guilds.hpp"
#include "socketio/socket.hpp"

namespace guildhall::server {

DashboardClient::DashboardClient(Parts parts, std::shared_ptr<socketio::Socket> socket, Session session)
    : parts_(parts), socket_(std::move(socket)), session_(std::move(session)) {}

net::Task<> DashboardClient::check() {
  const auto started = parts_.clock.steady();
  try {
    auto session = co_await parts_.authentication.recheck(session_.claims);
    if (!session) co_return socket_->disconnect(socketio::Socket::Close::connection);
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
  const auto visibility = co_await load_visibility();
  if (visibility) {
    show(*visibility);
    confirmed_ = asked;
    co_return;
  }
  const auto code = visibility.error().code;
  if (code == base::Errc::unauthenticated || code == base::Errc::forbidden) show({});
}

net::Task<base::Result<Visibility>> DashboardClient::load_visibility() {
  if (session_.is_admin()) co_return Visibility{true, {}};
  const auto manageable = co_await parts_.user_guilds.manageable(session_.claims);
  if (!manageable) co_return manageable.error();
  Visibility visibility;
  auto loading = parts_.guilds.find_many(*manageable);
  const auto rows = co_await std::move(loading);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] && !rows[i]->left_at) visibility.guilds.push_back((*manageable)[i]);
  }
  co_return visibility;
}

void DashboardClient::show(const Visibility& visibility) {
  if (!socket_->connected()) return;
  std::vector<std::string> rooms;
  rooms.reserve(visibility.guilds.size());
  for (const auto guild : visibility.guilds) rooms.push_back(guild_room(guild));
  if (visibility.everything) rooms.emplace_back(admin_room);
  std::sort(rooms.begin(), rooms.end());

  for (const auto& room : rooms_) {
    if (!std::binary_search(rooms.begin(), rooms.end(), room)) socket_->leave(room);
  }
  for (const auto& room : rooms) {
    if (std::binary_search(rooms_.begin(), rooms_.end(), room)) continue;
    if (room == admin_room) {
      parts_.logs.admit(*socket_);
    } else {
      socket_->join(room);
    }
  }
  rooms_ = std::move(rooms);
}

}  // namespace guildhall::server
