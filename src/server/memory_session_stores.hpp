#pragma once

// The stores of sessions in memory, for tests.

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "database/errors.hpp"
#include "database/models/session_stores.hpp"

namespace guildhall::server {

class MemoryUserStore final : public database::UserStore {
 public:
  std::optional<Pointer> known(base::UserId id) override {
    if (away) return std::nullopt;
    const auto found = users.find(id);
    return found == users.end() ? nullptr : found->second;
  }

  net::Task<Pointer> find(base::UserId id) override {
    require();
    co_return *known(id);
  }

  net::Task<Pointer> save_login(database::DiscordProfile profile, std::string sealed_refresh_token,
                                database::AdminGrant admin) override {
    require();
    auto user = std::make_shared<database::User>();
    user->id = profile.id;
    user->username = std::move(profile.username);
    user->global_name = std::move(profile.global_name);
    user->avatar = std::move(profile.avatar);
    user->email = std::move(profile.email);
    if (admin == database::AdminGrant::grant)
      user->roles.push_back({base::RoleId{1}, std::string(database::admin_role)});
    user->roles.push_back({base::RoleId{2}, std::string(database::user_role)});
    users[user->id] = user;
    refresh_tokens[user->id] = std::move(sealed_refresh_token);
    co_return user;
  }

  net::Task<std::optional<std::string>> refresh_token(base::UserId id) override {
    require();
    const auto found = refresh_tokens.find(id);
    if (found == refresh_tokens.end()) co_return std::nullopt;
    co_return found->second;
  }

  net::Task<> replace_refresh_token(base::UserId id, std::optional<std::string> sealed) override {
    require();
    refresh_tokens.erase(id);
    if (sealed) refresh_tokens[id] = *std::move(sealed);
    co_return;
  }

  std::map<base::UserId, Pointer> users;
  std::map<base::UserId, std::string> refresh_tokens;
  bool away = false;  ///< Members throw Unavailable.

 private:
  void require() const {
    if (away) throw database::Unavailable("away");
  }
};

class MemoryDenylist final : public database::Denylist {
 public:
  std::optional<database::TokenState> known(const std::string& id) override {
    return denied.contains(id) ? database::TokenState::denied : database::TokenState::accepted;
  }
  net::Task<database::TokenState> check(std::string id) override { co_return *known(id); }
  net::Task<bool> deny(std::string id, base::Timestamp) override { co_return denied.insert(std::move(id)).second; }

  std::set<std::string> denied;
};

class MemoryKeptTokenStore final : public database::KeptTokenStore {
 public:
  net::Task<> add(database::KeptToken token) override {
    auto id = token.id;
    tokens.insert_or_assign(std::move(id), std::move(token));
    co_return;
  }
  net::Task<std::optional<database::KeptToken>> find(std::string id) override {
    const auto found = tokens.find(id);
    if (found == tokens.end()) co_return std::nullopt;
    co_return found->second;
  }
  net::Task<> remove(std::string id) override {
    tokens.erase(id);
    co_return;
  }

  std::map<std::string, database::KeptToken> tokens;
};

class MemorySessionStore final : public database::SessionStore {
 public:
  MemorySessionStore(const base::Clock& clock, const MemoryDenylist& denylist) : clock_(clock), denylist_(denylist) {}

  net::Task<> save(database::Session session) override {
    auto id = session.id;
    const auto [known, added] = sessions.emplace(std::move(id), session);
    known->second.last_seen_at = session.last_seen_at;
    known->second.expires_at = session.expires_at;
    co_return;
  }
  net::Task<std::vector<database::Session>> list(base::UserId user) override {
    std::vector<database::Session> found;
    for (const auto& [id, session] : sessions) {
      const bool valid = session.expires_at > clock_.now() && !denylist_.denied.contains(id);
      if (session.user_id == user && valid) found.push_back(session);
    }
    std::ranges::sort(found, std::greater<>{}, &database::Session::last_seen_at);
    co_return found;
  }

  std::map<std::string, database::Session> sessions;

 private:
  const base::Clock& clock_;
  const MemoryDenylist& denylist_;
};

}  // namespace guildhall::server
