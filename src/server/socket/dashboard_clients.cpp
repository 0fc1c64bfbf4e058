#include "server/socket/dashboard_clients.hpp"

#include <algorithm>
#include <utility>

namespace guildhall::server {

void DashboardClients::add(std::shared_ptr<DashboardClient> viewer, base::UserId user, std::string session_id, Time now, Time expires) {
  const auto* key = viewer.get();
  const std::lock_guard lock(mutex_);
  entries_.emplace(key,
                   Entry{std::move(viewer), user, std::move(session_id), std::min(now + interval, expires), expires});
}

void DashboardClients::remove(const DashboardClient& viewer) {
  const std::lock_guard lock(mutex_);
  entries_.erase(&viewer);
}

void DashboardClients::recheck_user(base::UserId user) {
  const std::lock_guard lock(mutex_);
  for (auto& [key, entry] : entries_) {
    if (entry.user == user) entry.due = Time::min();
  }
}

void DashboardClients::recheck_session(const std::string& session_id) {
  const std::lock_guard lock(mutex_);
  for (auto& [key, entry] : entries_) {
    if (entry.session_id == session_id) entry.due = Time::min();
  }
}

void DashboardClients::recheck_all() {
  const std::lock_guard lock(mutex_);
  for (auto& [key, entry] : entries_) entry.due = Time::min();
}

std::vector<std::shared_ptr<DashboardClient>> DashboardClients::take_due(Time now) {
  std::vector<std::shared_ptr<DashboardClient>> due;
  const std::lock_guard lock(mutex_);
  for (auto& [key, entry] : entries_) {
    if (entry.due > now) continue;
    entry.due = now < entry.expires ? std::min(now + interval, entry.expires) : now + interval;
    due.push_back(entry.viewer);
  }
  return due;
}

}  // namespace guildhall::server
