#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/id.hpp"

namespace guildhall::socketio {
class Socket;
}

namespace guildhall::server {

class DashboardClient;

/// Those who are connected, and when each is to be looked at again. Any thread may call.
class DashboardClients {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// How often a person's session and rights are looked at, where nothing says that they have changed.
  static constexpr std::chrono::seconds interval{15};

  /// The session ends at `expires`, whatever else becomes of it.
  void add(std::shared_ptr<DashboardClient> viewer, base::UserId user, std::string session_id, Time now, Time expires);
  void remove(const DashboardClient& viewer);

  /// Makes those due at once who are this person, or have this session.
  void recheck_user(base::UserId user);
  void recheck_session(const std::string& session_id);
  void recheck_all();

  /// Those who are due at `now`; they are due again an interval later, or when their session expires.
  [[nodiscard]] std::vector<std::shared_ptr<DashboardClient>> take_due(Time now);

 private:
  struct Entry {
    std::shared_ptr<DashboardClient> viewer;
    base::UserId user;
    std::string session_id;
    Time due;
    Time expires;
  };

  std::mutex mutex_;
  std::unordered_map<const DashboardClient*, Entry> entries_;
};

}  // namespace guildhall::server
