#include "server/socket/dashboard_client.hpp"

#include <algorithm>

#include "database/errors.hpp"
#include "database/models/guild_repository.hpp"
#include "database/models/token_denylist.hpp"
#include "database/models/user_repository.hpp"
#include "server/socket/log_stream.hpp"
#include "server/socket/rooms.hpp"
#include "server/user_guilds.hpp"
#include "socketio/socket.hpp"

namespace guildhall::server {

DashboardClient::DashboardClient(Services& services, LogStream& logs, std::shared_ptr<socketio::Socket> socket, Session session)
    : services_(services), logs_(logs), socket_(std::move(socket)), session_(std::move(session)) {}

net::Task<> DashboardClient::check() {
  const auto asked = std::chrono::steady_clock::now();
  try {
    const bool good = co_await session_is_valid();
    if (!good) co_return socket_->disconnect(socketio::Socket::Close::connection);
    if (looking_) co_return;
    looking_ = true;
    co_await refresh_visibility();
  } catch (const database::Unavailable&) {
    // It is asked again soon; what is shown meanwhile has a time limit.
  }
  looking_ = false;
  if (asked - confirmed_ > trusted_for) show({});
}

net::Task<bool> DashboardClient::session_is_valid() {
  if (session_.claims->expires_at <= services_.clock.now()) co_return false;
  const auto spent = co_await services_.token_denylist.check(session_.claims->session_id);
  if (spent == database::Spent::yes) co_return false;
  auto user = co_await services_.users.find(session_.claims->id);
  if (!user) co_return false;
  session_.user = std::move(user);
  co_return true;
}

net::Task<> DashboardClient::refresh_visibility() {
  // Rights are as old as the question about them.
  const auto asked = std::chrono::steady_clock::now();
  const auto sight = co_await load_visibility();
  if (sight) {
    show(*sight);
    confirmed_ = asked;
    co_return;
  }
  const auto code = sight.error().code;
  if (code == base::Errc::unauthenticated || code == base::Errc::forbidden) show({});
}

net::Task<base::Result<Visibility>> DashboardClient::load_visibility() {
  if (session_.is_admin()) co_return Visibility{true, {}};
  auto manageable = co_await services_.user_guilds.manageable(session_.claims);
  if (!manageable) co_return manageable.error();
  Visibility sight;
  auto ids = *manageable;
  const auto rows = co_await services_.guilds.find_many(std::move(ids));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] && !rows[i]->left_at) sight.guilds.push_back((*manageable)[i]);
  }
  co_return sight;
}

void DashboardClient::show(const Visibility& sight) {
  if (!socket_->connected()) return;
  std::vector<std::string> rooms;
  rooms.reserve(sight.guilds.size());
  for (const auto guild : sight.guilds) rooms.push_back(guild_room(guild));
  if (sight.everything) rooms.emplace_back(admin_room);
  std::sort(rooms.begin(), rooms.end());

  for (const auto& room : rooms_) {
    if (!std::binary_search(rooms.begin(), rooms.end(), room)) socket_->leave(room);
  }
  for (const auto& room : rooms) {
    if (std::binary_search(rooms_.begin(), rooms_.end(), room)) continue;
    if (room == admin_room) {
      logs_.admit(*socket_);
    } else {
      socket_->join(room);
    }
  }
  rooms_ = std::move(rooms);
}

}  // namespace guildhall::server
