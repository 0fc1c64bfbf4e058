// Requests to the API with stores in memory and a scripted Discord: what happens between two steps of a handler.

#include <boost/json/parse.hpp>

#include "database/errors.hpp"
#include "database/models/command_use.hpp"
#include "database/models/log.hpp"
#include "database/models/log_repository.hpp"
#include "database/models/user_list.hpp"
#include "domain/command_rules.hpp"
#include "domain/commands.hpp"
#include "domain/guilds.hpp"
#include "domain/test_support.hpp"
#include "server/api.hpp"
#include "server/bot_profile_cache.hpp"
#include "server/dry_runs.hpp"
#include "server/guild_lists.hpp"
#include "server/login_states.hpp"
#include "server/metrics.hpp"
#include "server/middleware/rate_limit.hpp"
#include "server/routes/table.hpp"
#include "server/test_support.hpp"
#include "vm/script_host.hpp"

namespace guildhall::server {
namespace {

namespace json = boost::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr auto commands_path = "/api/guilds/30/commands";
constexpr auto hello_command = R"({"trigger":"hello","response":{"content":"hi"}})";

class HandlersTest : public SessionFixture {
 protected:
  HandlersTest() {
    put_bot_into({workshop});
    store_.prefixes[workshop] = "!";
    save_user(ada);
  }

  net::Task<std::vector<database::Log>> list_logs(database::LogFilter) { co_return logs_; }
  net::Task<std::vector<database::CommandUse>> list_uses(base::GuildId guild, long long first_day) {
    asked_uses_ = {guild, first_day};
    co_return uses_;
  }
  net::Task<std::vector<database::ListedUser>> list_users(database::UserFilter filter) {
    asked_users_ = filter;
    auto page = listed_;
    if (page.size() > filter.limit) page.resize(filter.limit);
    co_return page;
  }
  net::Task<base::Result<void>> change_admin(std::string what, base::UserId actor, base::UserId id) {
    role_changes_.push_back(what + " " + id.to_string() + " by " + actor.to_string());
    if (actor == id) co_return api::errors::own_role;
    co_return base::Result<void>();
  }
  net::Task<std::string> database_fault() { co_return database_fault_; }

  net::Task<net::Response> answer_to(std::shared_ptr<net::Request> request) {
    auto response = co_await api_.answer(*request);
    co_return response;
  }
  /// A request with ada's session.
  net::Future<net::Response> ask(net::Method method, std::string target, std::string body = "",
                                 net::Headers headers = {}) {
    auto request = std::make_shared<net::Request>();
    request->method = method;
    request->target = std::move(target);
    request->headers = std::move(headers);
    request->headers.add("Authorization", "Bearer " + tokens_.encode(*claims_of(ada)));
    if (!body.empty()) request->headers.add("Content-Type", "application/json");
    request->body = std::move(body);
    return start(answer_to(std::move(request)));
  }
  net::Response answer(net::Method method, std::string target, std::string body = "", net::Headers headers = {}) {
    return ask(method, std::move(target), std::move(body), std::move(headers)).get();
  }
  net::Response get(std::string target) { return answer(net::Method::get, std::move(target)); }
  net::Response post(std::string body) { return answer(net::Method::post, commands_path, std::move(body)); }
  net::Response patch(const std::string& path, std::string body, net::Headers headers = {}) {
    return answer(net::Method::patch, path, std::move(body), std::move(headers));
  }

  static json::value body_of(const net::Response& response) { return json::parse(response.payload()); }
  static std::string header(const net::Response& response, std::string_view name) {
    return std::string(response.headers.find(name).value_or("none"));
  }

  /// Ada manages the workshop, as Discord says at the next request for her guilds.
  void discord_lets_ada_manage() { discord_lists({listed_guild(workshop)}); }
  /// The path of a command that exists.
  std::string created() {
    discord_lets_ada_manage();
    return header(post(hello_command), "Location");
  }

  domain::test_support::MemoryCommandStore store_;
  domain::test_support::FakeScriptChecker scripts_;
  domain::Access access_{guilds_};
  domain::Guilds guild_settings_{guilds_};
  domain::Commands commands_{store_, scripts_};
  jwt::Jwe login_key_{std::vector{base::Secret(std::string(32, 'l'))}};
  LoginStates login_states_{clock_, login_key_, denylist_};
  RefusedLogins refused_logins_;
  vm::ScriptHost script_host_{loops_.home(), {}, base::Log(logger_, "vm")};
  DryRuns dry_runs_{{loops_.home(), script_host_, false, "42"}};
  GuildLists guild_lists_{loops_.home(), clock_, rest_};
  BotProfileCache bot_profile_cache_{bus_, "42", "https://discord.test/authorize"};
  JsonCache json_cache_;
  Metrics metrics_{route_table()};
  std::vector<database::Log> logs_;
  std::vector<database::ListedUser> listed_;
  database::UserFilter asked_users_;
  std::vector<std::string> role_changes_;
  api::NodeStatus node_status_;
  std::vector<database::CommandUse> uses_;
  std::pair<base::GuildId, long long> asked_uses_;
  std::string database_fault_;
  Services services_{
      .clock = clock_,
      .log = base::Log(logger_, "web"),
      .origins = origins_,
      .routes = route_table(),
      .authentication = authentication_,
      .sessions = sessions_,
      .login_states = login_states_,
      .refused_logins = refused_logins_,
      .user_guilds = user_guilds_,
      .guilds = guilds_,
      .access = access_,
      .guild_settings = guild_settings_,
      .guild_lists = guild_lists_,
      .commands = commands_,
      .list_logs = [this](database::LogFilter filter) { return list_logs(std::move(filter)); },
      .list_uses = [this](base::GuildId guild, long long first_day) { return list_uses(guild, first_day); },
      .dry_runs = dry_runs_,
      .json_cache = json_cache_,
      .list_users = [this](database::UserFilter filter) { return list_users(std::move(filter)); },
      .grant_admin = [this](base::UserId actor, base::UserId id) { return change_admin("grant", actor, id); },
      .revoke_admin = [this](base::UserId actor, base::UserId id) { return change_admin("revoke", actor, id); },
      .node_status = [this] { return node_status_; },
      .database_fault = [this] { return database_fault(); },
      .bot_health =
          [] {
            return api::PartHealth{api::PartState::up, ""};
          },
      .bot_profile_cache = bot_profile_cache_,
      .metrics = metrics_,
      .self_check_jwe = token_key_,
      .version = "1.2.3",
  };
  Api api_{services_};
};

TEST_F(HandlersTest, ACommandIsCreatedChangedAndRemoved) {
  discord_lets_ada_manage();
  const auto made = post(hello_command);
  EXPECT_EQ(made.status, 201);
  const auto path = header(made, "Location");
  EXPECT_EQ(path, "/api/guilds/30/commands/1");
  const auto changed = patch(path, R"({"trigger":"bye"})");
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(header(changed, "ETag"), header(made, "ETag"));
  EXPECT_EQ(body_of(get(path)).at("trigger"), "bye");
  EXPECT_EQ(answer(net::Method::delete_, path).status, 204);
  EXPECT_EQ(get(path).status, 404);
  EXPECT_THAT(store_.actors, SizeIs(3));
  EXPECT_THAT(requests(), SizeIs(1)) << "rights are asked for once";
}

TEST_F(HandlersTest, OperatorsSeeHowTheProcessIs) {
  EXPECT_EQ(get("/api/admin/status").status, 403);
  save_user(ada, database::AdminGrant::grant);
  node_status_.dialect = "mariadb";
  node_status_.started_at = clock_.now() - 90s;
  database_fault_ = "The database does not answer.";
  const auto shown = get("/api/admin/status");
  ASSERT_EQ(shown.status, 200);
  const auto status = body_of(shown);
  EXPECT_EQ(status.at("version"), "1.2.3");
  EXPECT_EQ(status.at("uptimeSeconds"), 90);
  EXPECT_EQ(status.at("database").at("dialect"), "mariadb");
  EXPECT_EQ(status.at("database").at("state"), "down");
  EXPECT_EQ(status.at("database").at("reason"), "The database does not answer.");
  EXPECT_EQ(status.at("bot").at("state"), "up");
}

TEST_F(HandlersTest, OperatorsPageThroughUsers) {
  EXPECT_EQ(get("/api/admin/users").status, 403);
  save_user(ada, database::AdminGrant::grant);
  for (std::uint64_t id = 60; id > 0; --id) listed_.push_back({base::UserId{id}, "somebody", {}, {}, {}, {}, {}});
  const auto first = body_of(get("/api/admin/users"));
  EXPECT_EQ(first.at("users").as_array().size(), 50U);
  EXPECT_EQ(first.at("next"), "11");
  EXPECT_EQ(body_of(get("/api/admin/users?limit=60")).at("next"), nullptr);
  EXPECT_EQ(get("/api/admin/users?search=gra&before=11").status, 200);
  EXPECT_EQ(asked_users_.search, "gra");
  EXPECT_EQ(asked_users_.before, base::UserId{11});
  EXPECT_EQ(body_of(get("/api/admin/users?before=x")).at("field"), "/before");
  EXPECT_EQ(body_of(get("/api/admin/users?limit=101")).at("field"), "/limit");
}

TEST_F(HandlersTest, OperatorsGrantAndRevokeAdminAlone) {
  EXPECT_EQ(answer(net::Method::put, "/api/admin/users/3/roles/ADMIN").status, 403);
  EXPECT_THAT(role_changes_, IsEmpty());
  save_user(ada, database::AdminGrant::grant);
  EXPECT_EQ(answer(net::Method::put, "/api/admin/users/3/roles/ADMIN").status, 204);
  EXPECT_EQ(answer(net::Method::delete_, "/api/admin/users/3/roles/ADMIN").status, 204);
  EXPECT_EQ(answer(net::Method::delete_, "/api/admin/users/2/roles/ADMIN").status, 409);
  EXPECT_EQ(answer(net::Method::put, "/api/admin/users/3/roles/USER").status, 404);
  EXPECT_THAT(role_changes_, ElementsAre("grant 3 by 2", "revoke 3 by 2", "revoke 2 by 2"));
}

TEST_F(HandlersTest, UsesAreCountedForThoseWhoManageTheGuild) {
  const auto today = database::day_of(clock_.now());
  uses_ = {{workshop, today, base::CommandId{7}, 3, 1, clock_.now(), "No rights."}};
  discord_lets_ada_manage();
  const auto shown = get("/api/guilds/30/stats?days=2");
  ASSERT_EQ(shown.status, 200);
  EXPECT_EQ(asked_uses_, std::pair(workshop, today - 1));
  EXPECT_EQ(body_of(shown).at("days").as_array().size(), 2U);
  EXPECT_EQ(body_of(shown).at("days").at(1).at("uses"), 3);
  EXPECT_EQ(body_of(shown).at("commands").at(0).at("lastFailure"), "No rights.");
  EXPECT_EQ(body_of(get("/api/guilds/30/stats")).at("days").as_array().size(), 30U);
  const auto refused = get("/api/guilds/30/stats?days=91");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(body_of(refused).at("field"), "/days");
}

TEST_F(HandlersTest, UsesAreNotForThoseWhoDoNotManageTheGuild) {
  discord_lists({listed_guild(workshop, 0)});
  EXPECT_EQ(get("/api/guilds/30/stats").status, 403);
  EXPECT_EQ(get("/api/guilds/31/stats").status, 404);
}

TEST_F(HandlersTest, AnOutdatedTagChangesNothing) {
  const auto path = created();
  const auto tag = header(get(path), "ETag");
  ASSERT_EQ(patch(path, R"({"trigger":"first"})", {{"If-Match", tag}}).status, 200);
  EXPECT_EQ(patch(path, R"({"trigger":"second"})", {{"If-Match", tag}}).status, 412);
  EXPECT_EQ(answer(net::Method::delete_, path, "", {{"If-Match", tag}}).status, 412);
  EXPECT_EQ(store_.commands.at(base::CommandId{1}).trigger, "first");
}

TEST_F(HandlersTest, AWriteBetweenTheComparisonAndTheTransactionIsAConflict) {
  const auto path = created();
  const auto tag = header(get(path), "ETag");
  store_.before_write = [this] { ++store_.commands.at(base::CommandId{1}).revision; };
  EXPECT_EQ(patch(path, R"({"trigger":"late"})", {{"If-Match", tag}}).status, 412);
  EXPECT_EQ(answer(net::Method::delete_, path, "", {{"If-Match", tag}}).status, 412);
  EXPECT_EQ(store_.commands.at(base::CommandId{1}).trigger, "hello");
  EXPECT_EQ(patch(path, R"({"trigger":"late"})").status, 200) << "without a condition the last one wins";
}

TEST_F(HandlersTest, ACommandThatIsRemovedMeanwhileIsNotFound) {
  const auto path = created();
  store_.before_write = [this] { store_.commands.clear(); };
  EXPECT_EQ(patch(path, R"({"trigger":"late"})").status, 404);
  EXPECT_THAT(store_.commands, IsEmpty());
}

TEST_F(HandlersTest, ATriggerThatIsTakenMeanwhileIsAConflict) {
  discord_lets_ada_manage();
  store_.before_write = [this] {
    database::Command other;
    other.id = base::CommandId{9};
    other.guild_id = workshop;
    other.trigger = "hello";
    store_.commands.emplace(other.id, other);
  };
  EXPECT_EQ(post(hello_command).status, 409);
  EXPECT_THAT(store_.commands, SizeIs(1));
}

TEST_F(HandlersTest, AFullGuildTakesNoMoreCommands) {
  discord_lets_ada_manage();
  for (std::uint64_t id = 1; id <= domain::max_commands; ++id) {
    database::Command command;
    command.id = base::CommandId{id};
    command.guild_id = workshop;
    command.trigger = "c" + std::to_string(id);
    store_.commands.emplace(command.id, command);
  }
  store_.next_id = 1000;
  EXPECT_EQ(post(hello_command).status, 409);
  ASSERT_EQ(answer(net::Method::delete_, std::string(commands_path) + "/7").status, 204);
  EXPECT_EQ(post(hello_command).status, 201);
}

TEST_F(HandlersTest, AScriptThatDoesNotParseIsNotSaved) {
  const auto path = created();
  const auto refused = patch(path, R"({"trigger":"bye","interaction":"if ("})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(body_of(refused).at("field"), "/interaction");
  EXPECT_EQ(store_.commands.at(base::CommandId{1}).trigger, "hello");
}

TEST_F(HandlersTest, RightsLostBetweenTwoRequestsEndThem) {
  const auto path = created();
  bus_.rights.publish({workshop, ada});
  clock_.advance(1ms);
  discord_lists({listed_guild(workshop, 0)});
  EXPECT_EQ(patch(path, R"({"trigger":"late"})").status, 403);
  EXPECT_EQ(get(path).status, 403);
  EXPECT_EQ(store_.commands.at(base::CommandId{1}).trigger, "hello");
}

TEST_F(HandlersTest, RightsLostWhileTheListIsFetchedAreNotUsed) {
  discord_lets_ada_manage();
  discord_.hold();
  auto asking = ask(net::Method::post, commands_path, hello_command);
  await_requests(1);
  clock_.advance(1ms);
  bus_.rights.publish({workshop, ada});
  clock_.advance(1ms);
  discord_lists({listed_guild(workshop, 0)});
  discord_.release();
  EXPECT_EQ(asking.get().status, 403);
  EXPECT_THAT(store_.commands, IsEmpty());
}

TEST_F(HandlersTest, WhenDiscordFailsNobodyMayChangeAnything) {
  discord_.plan(503, "{}");
  const auto away = post(hello_command);
  EXPECT_EQ(away.status, 503);
  EXPECT_NE(header(away, "Retry-After"), "none");
  clock_.advance(1min);
  discord_.plan(200, "<html>");
  EXPECT_EQ(post(hello_command).status, 502);
  clock_.advance(1min);
  discord_.plan(401, R"({"message":"401: Unauthorized","code":0})");
  EXPECT_EQ(post(hello_command).status, 401);
  EXPECT_THAT(store_.commands, IsEmpty());
}

TEST_F(HandlersTest, AGuildThatTheBotLeavesIsGoneAtOnce) {
  const auto path = created();
  put_bot_into({});
  EXPECT_EQ(get(path).status, 404);
  put_bot_into({workshop});
  store_.before_write = [this] { store_.prefixes.clear(); };
  EXPECT_EQ(post(R"({"trigger":"other","response":{"content":"hi"}})").status, 404) << "it left during the request";
}

TEST_F(HandlersTest, AnAwayDatabaseIsAnErrorThatPasses) {
  discord_lets_ada_manage();
  users_.away = true;
  const auto away = post(hello_command);
  EXPECT_EQ(away.status, 503);
  EXPECT_NE(header(away, "Retry-After"), "none");
  users_.away = false;
  guilds_.forgetful = true;
  guilds_.away = true;
  EXPECT_EQ(post(hello_command).status, 503);
  guilds_.away = false;
  EXPECT_EQ(post(hello_command).status, 201);
}

TEST_F(HandlersTest, APrefixThatTurnsATriggerAroundIsRefused) {
  discord_lets_ada_manage();
  guilds_.triggers = {"?hello"};
  EXPECT_EQ(patch("/api/guilds/30", R"({"prefix":"?"})").status, 422);
  EXPECT_EQ(guilds_.guilds.at(workshop)->prefix, "!");
  EXPECT_EQ(patch("/api/guilds/30", R"({"prefix":"$"})").status, 200);
}

TEST_F(HandlersTest, AnOldListOfGuildsSaysThatItIsOld) {
  discord_lists({listed_guild(workshop), listed_guild(harbour)});
  const auto fresh = get("/api/users/me/guilds");
  EXPECT_EQ(header(fresh, "Warning"), "none");
  const auto list = body_of(fresh).as_array();
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].at("prefix"), "!");
  EXPECT_FALSE(list[1].as_object().contains("prefix")) << "the bot is not there";
  clock_.advance(31s);
  discord_.plan(503, "{}");
  const auto old = get("/api/users/me/guilds");
  EXPECT_EQ(old.status, 200);
  EXPECT_EQ(header(old, "Age"), "31");
  EXPECT_THAT(header(old, "Warning"), HasSubstr("Stale"));
}

TEST_F(HandlersTest, ADiscordThatFailsBetweenCodeAndPersonLogsNobodyIn) {
  users_.users.clear();
  users_.refresh_tokens.clear();
  discord_grants("access-1", "refresh-1");
  discord_.plan(503, "{}");
  const auto failed = answer(net::Method::post, "/api/auth/token",
                             R"({"code":"code","redirect_uri":"https://bot.example.org/api/auth/callback"})");
  EXPECT_EQ(failed.status, 503);
  EXPECT_THAT(requests(), ElementsAre("/oauth2/token", "/users/@me"));
  EXPECT_THAT(users_.users, IsEmpty());
  EXPECT_THAT(users_.refresh_tokens, IsEmpty());
}

TEST_F(HandlersTest, ALogoutIsOneForEveryToken) {
  ASSERT_EQ(get("/api/users/me").status, 200);
  ASSERT_EQ(answer(net::Method::post, "/api/auth/logout").status, 204);
  EXPECT_EQ(get("/api/users/me").status, 401);
}

TEST_F(HandlersTest, ADryRunNeedsAScriptAndAHost) {
  const auto path = created();
  EXPECT_EQ(answer(net::Method::post, path + "/test").status, 422);
  const auto off = answer(net::Method::post, path + "/test", R"({"script":"return"})");
  EXPECT_EQ(off.status, 503);
}

TEST_F(HandlersTest, TheLogIsForAdminsAndComesInPages) {
  EXPECT_EQ(get("/api/logs").status, 403);
  save_user(ada, database::AdminGrant::grant);
  for (std::uint64_t id = 3; id > 0; --id) {
    database::Log row;
    row.id = database::LogId{id};
    logs_.push_back(row);
  }
  const auto page = body_of(get("/api/logs?limit=2"));
  EXPECT_EQ(page.at("logs").as_array().size(), 2U);
  EXPECT_EQ(page.at("next").to_number<std::uint64_t>(), 2U);
  EXPECT_TRUE(body_of(get("/api/logs?limit=3")).at("next").is_null());
}

TEST_F(HandlersTest, ReadinessSaysWhatIsMissing) {
  EXPECT_EQ(get("/readyz").status, 200);
  database_fault_ = "The disk is full.";
  const auto down = get("/readyz");
  EXPECT_EQ(down.status, 503);
  EXPECT_EQ(body_of(down).at("database").at("reason"), "The disk is full.");
}

}  // namespace
}  // namespace guildhall::server
