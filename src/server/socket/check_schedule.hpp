#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.hpp"

namespace guildhall::server {

/// The connected clients, and when each is to be checked again. Any thread may call.
template <class Client>
class CheckSchedule {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// How often a person's session and rights are checked if nothing says that they have changed.
  static constexpr std::chrono::seconds interval{15};

  /// `expires` is when the session ends at the latest.
  void add(std::shared_ptr<Client> client, base::UserId user, std::string session_id, Time now, Time expires) {
    const auto* key = client.get();
    const std::lock_guard lock(mutex_);
    entries_.emplace(key,
                     Entry{std::move(client), user, std::move(session_id), std::min(now + interval, expires), expires});
  }

  void remove(const Client& client) {
    const std::lock_guard lock(mutex_);
    entries_.erase(&client);
  }

  // Make clients due at once: those of a person, of a session, or all.
  void recheck_user(base::UserId user) {
    recheck_if([user](const Entry& entry) { return entry.user == user; });
  }
  void recheck_session(const std::string& session_id) {
    recheck_if([&](const Entry& entry) { return entry.session_id == session_id; });
  }
  void recheck_all() {
    recheck_if([](const Entry&) { return true; });
  }

  /// The clients that are due at `now`; they are due again an interval later, or when their session expires.
  [[nodiscard]] std::vector<std::shared_ptr<Client>> take_due(Time now) {
    std::vector<std::shared_ptr<Client>> due;
    const std::lock_guard lock(mutex_);
    for (auto& [key, entry] : entries_) {
      if (entry.due > now) continue;
      entry.due = now < entry.expires ? std::min(now + interval, entry.expires) : now + interval;
      due.push_back(entry.client);
    }
    return due;
  }

 private:
  struct Entry {
    std::shared_ptr<Client> client;
    base::UserId user;
    std::string session_id;
    Time due;
    Time expires;
  };

  template <class Condition>
  void recheck_if(Condition condition) {
    const std::lock_guard lock(mutex_);
    for (auto& [key, entry] : entries_) {
      if (condition(entry)) entry.due = Time::min();
    }
  }

  std::mutex mutex_;
  std::unordered_map<const Client*, Entry> entries_;
};

}  // namespace guildhall::server
