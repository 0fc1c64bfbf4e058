#pragma once

// What the tests of sessions and rights share.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/event_bus.hpp"
#include "discord/rest/fake_discord.hpp"
#include "domain/memory_stores.hpp"
#include "jwt/token_cache.hpp"
#include "server/kept_tokens.hpp"
#include "server/memory_session_stores.hpp"
#include "server/middleware/authentication.hpp"
#include "server/sessions.hpp"
#include "server/user_guilds.hpp"
#include "testing/fake_clock.hpp"
#include "testing/log_capture.hpp"
#include "testing/running_loops.hpp"
#include "testing/test_loop.hpp"

namespace guildhall::server {

/// A row of Discord's `GET /users/@me/guilds`.
inline std::string listed_guild(base::GuildId id, std::uint64_t permissions = discord::Permissions::manage_guild) {
  return R"({"id":")" + id.to_string() + R"(","name":"guild","icon":null,"owner":false,"permissions":")" +
         std::to_string(permissions) + R"("})";
}

/// Sessions, guild lists and authentication over a scripted Discord, stores in memory and a clock that the test moves.
class SessionFixture : public ::testing::Test {
 protected:
  static constexpr base::UserId ada{2};
  static constexpr base::UserId grace{3};
  static constexpr base::GuildId workshop{30};
  static constexpr base::GuildId harbour{31};

  template <class T>
  net::Future<T> start(net::Task<T> task) {
    return net::start(loops_.home(), std::move(task));
  }
  template <class T>
  T run(net::Task<T> task) {
    return start(std::move(task)).get();
  }

  SessionFixture() { logger_.attach(log_); }
  ~SessionFixture() override {
    run(rest_.close());
    run(http_.close());
  }

  /// Adds or updates a user, as a login does.
  void save_user(base::UserId id, database::AdminGrant admin = database::AdminGrant::leave) {
    database::DiscordProfile profile;
    profile.id = id;
    profile.username = "somebody";
    run(users_.save_login(std::move(profile), "", admin));
  }
  /// The bot is in these guilds, and in no others.
  void put_bot_into(const std::vector<base::GuildId>& guilds) {
    guilds_.guilds.clear();
    for (const auto id : guilds) guilds_.add(id, "guild");
  }

  /// A session of a user that is valid for an hour.
  [[nodiscard]] SessionClaims claims_of(base::UserId user, std::string refresh_token = "refresh-0") const {
    auto claims = std::make_shared<jwt::Claims>();
    claims->id = user;
    claims->access_token = base::Secret("access-" + user.to_string());
    claims->refresh_token = base::Secret(std::move(refresh_token));
    claims->issued_at = std::chrono::floor<std::chrono::seconds>(clock_.now());
    claims->expires_at = claims->issued_at + std::chrono::hours(1);
    claims->token_id = "jti-" + user.to_string();
    claims->session_id = "session-" + user.to_string();
    return claims;
  }

  void discord_grants(std::string_view access, std::string_view refresh) {
    discord_.plan(200, R"({"access_token":")" + std::string(access) + R"(","refresh_token":")" + std::string(refresh) +
                           R"(","token_type":"Bearer","scope":"identify email guilds","expires_in":3600})");
  }
  void discord_refuses_grant() { discord_.plan(400, R"({"error":"invalid_grant"})"); }
  void discord_lists(const std::vector<std::string>& guilds) {
    std::string list;
    for (const auto& guild : guilds) list += (list.empty() ? "" : ",") + guild;
    discord_.plan(200, "[" + list + "]");
  }

  /// Paths of the requests to Discord, without the prefix of the API.
  [[nodiscard]] std::vector<std::string> requests() const {
    std::vector<std::string> paths;
    for (const auto& asked : discord_.requests()) paths.push_back(asked.target.substr(std::string("/api/v10").size()));
    return paths;
  }
  /// Waits until Discord has had so many requests.
  void await_requests(std::size_t count) const {
    ASSERT_TRUE(test::eventually([&] { return discord_.requests().size() >= count; }));
  }

  test::FakeClock clock_;
  std::shared_ptr<test::LogCapture> log_ = std::make_shared<test::LogCapture>();
  base::Logger logger_{clock_, base::LogLevel::debug};
  MemoryUserStore users_;
  domain::test_support::MemoryGuildStore guilds_;
  MemoryDenylist denylist_;
  MemorySessionStore session_rows_{clock_, denylist_};
  test::RunningLoops loops_;
  discord::FakeDiscord discord_{loops_.loops(), logger_};
  net::HttpClient http_{loops_.home(), net::HttpClientOptions{}};
  discord::RestClient rest_{
      {http_, discord_.url(), loops_.home(), base::Log(logger_, "discord"), base::Secret("bot"), [] {
         discord::RestOptions options;
         options.max_attempts = 1;
         return options;
       }()}};
  discord::OAuthClient oauth_{rest_.sender(), {"42", base::Secret("secret"), "https://discord.test/authorize"}};
  base::EventBus bus_;
  std::optional<discord::Permissions> bot_says_;  ///< What the bot knows of everybody's permissions.
  std::vector<base::UserId> learned_;
  UserGuilds user_guilds_{loops_.home(),
                          clock_,
                          rest_,
                          {[this](base::GuildId, base::UserId) { return bot_says_; },
                           [this](base::GuildId, base::UserId user) { learned_.push_back(user); }},
                          bus_.rights};
  jwt::Jwe token_key_{std::vector{base::Secret(std::string(32, 'k'))}};
  jwt::Jwe seal_{std::vector{base::Secret(std::string(32, 's'))}, 1 << 20};
  jwt::SessionTokens tokens_{token_key_};
  jwt::TokenCache token_cache_{tokens_};
  MemoryKeptTokenStore kept_;
  KeptTokens kept_tokens_{kept_, seal_};
  Origins origins_{"https://bot.example.org", std::vector<std::string>{"https://dashboard.example.org"}};
  Authentication authentication_{{clock_, origins_, token_cache_, denylist_, users_, kept_tokens_}};
  Sessions sessions_{
      {clock_,
       base::Log(logger_, "web"),
       loops_.home(),
       oauth_,
       rest_,
       users_,
       denylist_,
       session_rows_,
       user_guilds_,
       tokens_,
       seal_,
       kept_tokens_,
       [](base::UserId id) { return id == grace ? database::AdminGrant::grant : database::AdminGrant::leave; },
       {"https://bot.example.org/api/auth/callback"}}};
};

}  // namespace guildhall::server
