#include "config/config.hpp"

#include <gmock/gmock.h>

namespace guildhall::config {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string key_a(64, 'a');
const std::string key_b(64, 'B');

/// The required variables, and `more`, which take precedence.
Environment environment_with(std::initializer_list<std::pair<std::string_view, std::string_view>> more = {}) {
  Environment environment;
  for (const auto& [name, value] : more) environment.offer(name, value, "test");
  environment.offer("JWT_SECRET", key_a, "test");
  environment.offer("DISCORD_CLIENT_ID", "1150000000000000000", "test");
  environment.offer("DISCORD_CLIENT_SECRET", "hush", "test");
  return environment;
}

std::string refusal(const Environment& environment) {
  try {
    static_cast<void>(load(environment));
  } catch (const Error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(Config, HasDefaultsForOptionalVariables) {
  const Config config = load(environment_with());
  EXPECT_EQ(config.server.host, "127.0.0.1");
  EXPECT_EQ(config.server.port, 8080);
  EXPECT_THAT(config.server.cors_origins, IsEmpty());
  EXPECT_TRUE(config.server.dashboard);
  EXPECT_EQ(config.discord.api_url, "https://discord.com/api/v10");
  EXPECT_EQ(config.discord.authorize_url, "https://discord.com/oauth2/authorize");
  EXPECT_TRUE(config.discord.bot_token.empty());
  EXPECT_EQ(config.discord.shards, std::nullopt);
  EXPECT_EQ(config.discord.compression, GatewayCompression::zstd_stream);
  EXPECT_EQ(config.bot.message_commands, MessageCommands::on);
  EXPECT_EQ(config.bot.extra_intents, 0U);
  EXPECT_EQ(config.bot.status, BotStatus::online);
  EXPECT_THAT(config.bot.activity, IsEmpty());
  EXPECT_TRUE(config.scripts.enabled);
  EXPECT_FALSE(config.scripts.unsafe);
  EXPECT_EQ(config.scripts.cpu, std::chrono::milliseconds(100));
  EXPECT_EQ(config.scripts.memory, 64U << 20);
  EXPECT_EQ(config.scripts.wall, std::chrono::seconds(5));
  EXPECT_EQ(config.scripts.calls, 20U);
  EXPECT_EQ(config.scripts.call_bytes, 64U << 10);
  EXPECT_EQ(config.scripts.console_lines, 100U);
  EXPECT_EQ(config.scripts.at_once, 4U);
  EXPECT_EQ(config.scripts.per_guild, 2U);
  EXPECT_EQ(config.scripts.idle, 64U);
  EXPECT_EQ(config.scripts.waiting, 200U);
  EXPECT_THAT(config.scripts.program, IsEmpty());
  EXPECT_EQ(config.db.dialect, Dialect::sqlite);
  EXPECT_EQ(config.db.storage, "./data/guildhall.sqlite");
  EXPECT_EQ(config.db.port, 3306);
  EXPECT_THAT(config.db.tls_ca, IsEmpty());
  EXPECT_EQ(config.db.pool, 6U);
  EXPECT_EQ(config.log.level, base::LogLevel::info);
  EXPECT_EQ(config.log.format, LogFormat::automatic);
  EXPECT_EQ(config.log.retention, std::chrono::days(30));
}

TEST(Config, ReadsEveryVariable) {
  const Config config = load(environment_with({
      {"HOST", "0.0.0.0"},
      {"PORT", "80"},
      {"PUBLIC_URL", "HTTPS://Bot.Example.org:443/"},
      {"CORS_ORIGINS", "https://a.example, http://localhost:3000,Capacitor://localhost, chrome-extension://abcdef/"},
      {"TRUSTED_PROXIES", "127.0.0.1,10.0.0.0/8,fd00::/8"},
      {"ADMIN_USER_IDS", "1, 18446744073709551615"},
      {"DASHBOARD", "off"},
      {"DISCORD_BOT_TOKEN", "x.y.z"},
      {"DISCORD_REDIRECT_URIS", "http://localhost:5173/callback,myapp://login"},
      {"DISCORD_API_URL", "http://127.0.0.1:8090/api/v10/"},
      {"DISCORD_REQUESTS_PER_SECOND", "500"},
      {"SHARDS", "4"},
      {"GATEWAY_COMPRESSION", "none"},
      {"MESSAGE_COMMANDS", "off"},
      {"GATEWAY_INTENTS", "GUILD_MEMBERS, GUILD_MODERATION"},
      {"BOT_STATUS", "dnd"},
      {"BOT_ACTIVITY", "at the forge"},
      {"SCRIPTS", "off"},
      {"SCRIPTS_UNSAFE", "1"},
      {"SCRIPTS_CPU_MS", "50"},
      {"SCRIPTS_MEMORY_MB", "16"},
      {"SCRIPTS_WALL_MS", "840000"},
      {"SCRIPTS_CALLS", "7"},
      {"SCRIPTS_CALL_KB", "9"},
      {"SCRIPTS_CONSOLE_LINES", "0"},
      {"SCRIPTS_AT_ONCE", "8"},
      {"SCRIPTS_PER_GUILD", "3"},
      {"SCRIPTS_WAITING", "11"},
      {"GUILDHALL_VM", "/opt/guildhall/guildhall-vm"},
      {"DB_DIALECT", "mariadb"},
      {"DB_STORAGE", ":memory:"},
      {"DB_HOST", "db.internal"},
      {"DB_PORT", "3307"},
      {"DB_USER", "bot"},
      {"DB_PASS", "p w"},
      {"DB_NAME", "bots"},
      {"DB_TLS_CA", "/etc/ssl/my ca.pem"},
      {"DB_POOL", "100"},
      {"LOG_LEVEL", "debug"},
      {"LOG_FORMAT", "json"},
      {"LOG_RETENTION_DAYS", "7"},
  }));
  EXPECT_EQ(config.server.port, 80);
  EXPECT_EQ(config.server.public_url, "https://bot.example.org");
  EXPECT_FALSE(config.server.dashboard);
  EXPECT_THAT(config.server.cors_origins, ElementsAre("https://a.example", "http://localhost:3000",
                                                      "capacitor://localhost", "chrome-extension://abcdef"));
  EXPECT_THAT(config.server.trusted_proxies, ElementsAre("127.0.0.1", "10.0.0.0/8", "fd00::/8"));
  EXPECT_THAT(config.server.admin_user_ids, ElementsAre(base::UserId{1}, base::UserId{UINT64_MAX}));
  EXPECT_EQ(config.discord.client_id, "1150000000000000000");
  EXPECT_EQ(config.discord.client_secret.reveal(), "hush");
  EXPECT_EQ(config.discord.bot_token.reveal(), "x.y.z");
  EXPECT_THAT(config.discord.redirect_uris, ElementsAre("http://localhost:5173/callback", "myapp://login"));
  EXPECT_EQ(config.discord.api_url, "http://127.0.0.1:8090/api/v10");
  EXPECT_EQ(config.discord.authorize_url, "http://127.0.0.1:8090/oauth2/authorize");
  EXPECT_EQ(config.discord.requests_per_second, 500U);
  EXPECT_EQ(config.discord.shards, 4U);
  EXPECT_EQ(config.discord.compression, GatewayCompression::none);
  EXPECT_EQ(config.bot.message_commands, MessageCommands::off);
  EXPECT_EQ(config.bot.extra_intents, 0b110U);
  EXPECT_EQ(config.bot.status, BotStatus::dnd);
  EXPECT_EQ(config.bot.activity, "at the forge");
  EXPECT_FALSE(config.scripts.enabled);
  EXPECT_TRUE(config.scripts.unsafe);
  EXPECT_EQ(config.scripts.cpu, std::chrono::milliseconds(50));
  EXPECT_EQ(config.scripts.memory, 16U << 20);
  EXPECT_EQ(config.scripts.wall, std::chrono::minutes(14));
  EXPECT_EQ(config.scripts.calls, 7U);
  EXPECT_EQ(config.scripts.call_bytes, 9U << 10);
  EXPECT_EQ(config.scripts.console_lines, 0U);
  EXPECT_EQ(config.scripts.at_once, 8U);
  EXPECT_EQ(config.scripts.per_guild, 3U);
  EXPECT_EQ(config.scripts.waiting, 11U);
  EXPECT_EQ(config.scripts.program, "/opt/guildhall/guildhall-vm");
  EXPECT_EQ(config.db.dialect, Dialect::mariadb);
  EXPECT_EQ(config.db.storage, ":memory:");
  EXPECT_EQ(config.db.host, "db.internal");
  EXPECT_EQ(config.db.port, 3307);
  EXPECT_EQ(config.db.user, "bot");
  EXPECT_EQ(config.db.pass.reveal(), "p w");
  EXPECT_EQ(config.db.name, "bots");
  EXPECT_EQ(config.db.tls_ca, "/etc/ssl/my ca.pem");
  EXPECT_EQ(config.db.pool, 100U);
  EXPECT_EQ(config.log.level, base::LogLevel::debug);
  EXPECT_EQ(config.log.format, LogFormat::json);
  EXPECT_EQ(config.log.retention, std::chrono::days(7));
}

TEST(Config, AuthorizeUrlMayBeOnAnyHost) {
  const Config config = load(environment_with({{"DISCORD_AUTHORIZE_URL", "https://login.example/page"}}));
  EXPECT_EQ(config.discord.authorize_url, "https://login.example/page");
}

TEST(Config, OriginIsThePublicUrlOrTheListeningAddress) {
  Server server;
  server.host = "127.0.0.1";
  EXPECT_EQ(server.url(8080), "http://127.0.0.1:8080");
  EXPECT_EQ(server.url(80), "http://127.0.0.1");
  server.host = "0.0.0.0";
  EXPECT_EQ(server.url(8080), "http://localhost:8080");
  server.host = "::";
  EXPECT_EQ(server.url(8080), "http://localhost:8080");
  server.host = "::1";
  EXPECT_EQ(server.url(8080), "http://[::1]:8080");
  server.public_url = "https://bot.example.org";
  EXPECT_EQ(server.url(8080), "https://bot.example.org");
}

TEST(Config, SeveralJwtSecretsRotate) {
  const std::string both = key_b + "," + key_a;
  const Config config = load(environment_with({{"JWT_SECRET", both}}));
  ASSERT_EQ(config.jwt.keys.size(), 2U);
  EXPECT_EQ(config.jwt.keys[0].reveal(), std::string(32, '\xBB'));
  EXPECT_EQ(config.jwt.keys[1].reveal(), std::string(32, '\xAA'));
}

TEST(Config, ErrorSaysWhereToGetARequiredValue) {
  EXPECT_THAT(refusal(Environment{}), AllOf(HasSubstr("DISCORD_CLIENT_ID"), HasSubstr("discord.com/developers")));
  Environment environment;
  environment.offer("DISCORD_CLIENT_ID", "1", "test");
  EXPECT_THAT(refusal(environment), AllOf(HasSubstr("DISCORD_CLIENT_SECRET"), HasSubstr("discord.com/developers")));
  environment.offer("DISCORD_CLIENT_SECRET", "s", "test");
  EXPECT_EQ(refusal(environment), "JWT_SECRET is not set: make one with `openssl rand -hex 32`");
}

TEST(Config, ErrorNamesVariableExpectationValueAndOrigin) {
  EXPECT_EQ(refusal(environment_with({{"PORT", "80a"}})),
            "PORT: expected a number from 0 to 65535, not \"80a\" (from test)");
}

TEST(Config, ErrorIsOneShortLine) {
  const std::string hostile = "\x1b[31m\n" + std::string(5000, 'x');
  const std::string message = refusal(environment_with({{"HOST", hostile}}));
  EXPECT_THAT(message, Not(HasSubstr("\n")));
  EXPECT_THAT(message, Not(HasSubstr("\x1b")));
  EXPECT_LT(message.size(), 300U);
}

TEST(Config, ErrorSaysTheLimitsOfScripts) {
  const auto said = [](std::string_view name, std::string_view value) {
    return refusal(environment_with({{name, value}}));
  };
  EXPECT_EQ(said("SCRIPTS", "1"), "SCRIPTS: expected `on` or `off`, not \"1\" (from test)");
  EXPECT_EQ(said("SCRIPTS_UNSAFE", "yes"), "SCRIPTS_UNSAFE: expected `0` or `1`, not \"yes\" (from test)");
  EXPECT_EQ(said("SCRIPTS_CPU_MS", "9"), "SCRIPTS_CPU_MS: expected a number from 10 to 10000, not \"9\" (from test)");
  EXPECT_EQ(said("SCRIPTS_MEMORY_MB", "2048"),
            "SCRIPTS_MEMORY_MB: expected a number from 8 to 1024, not \"2048\" (from test)");
  EXPECT_EQ(said("SCRIPTS_WALL_MS", "900000"),
            "SCRIPTS_WALL_MS: expected a number from 100 to 840000, not \"900000\" (from test)");
  EXPECT_EQ(said("SCRIPTS_CALLS", "0"), "SCRIPTS_CALLS: expected a number from 1 to 1000, not \"0\" (from test)");
  EXPECT_EQ(said("SCRIPTS_CALL_KB", "1000"),
            "SCRIPTS_CALL_KB: expected a number from 1 to 512, not \"1000\" (from test)");
  EXPECT_EQ(said("SCRIPTS_CONSOLE_LINES", "-1"),
            "SCRIPTS_CONSOLE_LINES: expected a number from 0 to 1000, not \"-1\" (from test)");
  EXPECT_EQ(said("SCRIPTS_AT_ONCE", "0"), "SCRIPTS_AT_ONCE: expected a number from 1 to 256, not \"0\" (from test)");
  EXPECT_EQ(said("SCRIPTS_PER_GUILD", "two"),
            "SCRIPTS_PER_GUILD: expected a number from 1 to 256, not \"two\" (from test)");
  EXPECT_EQ(said("SCRIPTS_WAITING", "0"), "SCRIPTS_WAITING: expected a number from 1 to 10000, not \"0\" (from test)");
}

TEST(Config, ErrorNeverShowsASecret) {
  EXPECT_EQ(refusal(environment_with({{"JWT_SECRET", "deadbeef"}})),
            "JWT_SECRET: expected 64 hex digits, or several keys separated by commas (from test)");
  EXPECT_THAT(refusal(environment_with({{"DISCORD_BOT_TOKEN", "Bot abc"}})),
              AllOf(HasSubstr("DISCORD_BOT_TOKEN: expected"), Not(HasSubstr("abc"))));
}

TEST(Config, OriginsThatAreNoneSayWhy) {
  EXPECT_THAT(refusal(environment_with({{"CORS_ORIGINS", "https://a.example,null"}})),
              testing::StartsWith("CORS_ORIGINS: `null` is the origin of every file"));
  EXPECT_THAT(refusal(environment_with({{"CORS_ORIGINS", "*"}})), testing::StartsWith("CORS_ORIGINS: `*` would let"));
}

TEST(Config, APublicUrlMayHaveAPath) {
  const auto url = [](const char* text) { return load(environment_with({{"PUBLIC_URL", text}})).server.public_url; };
  EXPECT_EQ(url("HTTPS://Example.org/Hall/"), "https://example.org/Hall");
  EXPECT_EQ(url("http://example.org:80"), "http://example.org");
}

TEST(Config, TheDatabasesHostMayBeASocket) {
  EXPECT_EQ(load(environment_with({{"DB_HOST", "/run/mysqld/mysqld.sock"}})).db.host, "/run/mysqld/mysqld.sock");
}

struct Wrong {
  std::string_view name;
  std::string_view value;
};

class ConfigRefuses : public testing::TestWithParam<Wrong> {};

TEST_P(ConfigRefuses, AnInvalidValue) {
  const auto [name, value] = GetParam();
  EXPECT_THAT(refusal(environment_with({{name, value}})), testing::StartsWith(std::string(name) + ": expected "));
}

INSTANTIATE_TEST_SUITE_P(
    Values, ConfigRefuses,
    testing::Values(Wrong{"HOST", "http://localhost"}, Wrong{"HOST", "localhost:80"}, Wrong{"HOST", "256.1.1.1"},
                    Wrong{"HOST", "[::1]:80"}, Wrong{"PORT", "65536"}, Wrong{"PORT", "-1"}, Wrong{"PORT", " 80"},
                    Wrong{"PUBLIC_URL", "bot.example.org"}, Wrong{"PUBLIC_URL", "https://bot.example.org/a b"},
                    Wrong{"PUBLIC_URL", "ftp://bot.example.org"}, Wrong{"PUBLIC_URL", "https://me:pw@example.org"},
                    Wrong{"PUBLIC_URL", "https://"}, Wrong{"PUBLIC_URL", "https://example.org:99999"},
                    Wrong{"CORS_ORIGINS", "file:///x"}, Wrong{"CORS_ORIGINS", "capacitor://localhost/x"},
                    Wrong{"DB_HOST", "/run/mysqld/"}, Wrong{"CORS_ORIGINS", ","},
                    Wrong{"CORS_ORIGINS", "https://a,nonsense"}, Wrong{"TRUSTED_PROXIES", "10.0.0.0/33"},
                    Wrong{"TRUSTED_PROXIES", "proxy.example"}, Wrong{"TRUSTED_PROXIES", "::1/129"},
                    Wrong{"TRUSTED_PROXIES", "10.0.0.0/"}, Wrong{"ADMIN_USER_IDS", "ada"},
                    Wrong{"ADMIN_USER_IDS", "18446744073709551616"}, Wrong{"JWT_SECRET", "0123"},
                    Wrong{"DISCORD_CLIENT_ID", "my-app"}, Wrong{"DISCORD_CLIENT_SECRET", "two words"},
                    Wrong{"DISCORD_REDIRECT_URIS", "/callback"},
                    Wrong{"DISCORD_REDIRECT_URIS", "http://localhost/#part"}, Wrong{"DISCORD_API_URL", "discord.com"},
                    Wrong{"DISCORD_API_URL", "https://discord.com/api?v=10"}, Wrong{"DISCORD_AUTHORIZE_URL", "/oauth2"},
                    Wrong{"DISCORD_REQUESTS_PER_SECOND", "0"}, Wrong{"SHARDS", "0"}, Wrong{"SHARDS", "many"},
                    Wrong{"GATEWAY_COMPRESSION", "gzip"}, Wrong{"MESSAGE_COMMANDS", "yes"}, Wrong{"DASHBOARD", "no"},
                    Wrong{"GATEWAY_INTENTS", "ALL"}, Wrong{"GATEWAY_INTENTS", "GUILDS,guilds"},
                    Wrong{"BOT_STATUS", "away"}, Wrong{"BOT_ACTIVITY", "two\nlines"}, Wrong{"GUILDHALL_VM", "a\nb"},
                    Wrong{"DB_DIALECT", "postgres"}, Wrong{"DB_PORT", "0"}, Wrong{"DB_NAME", "a\nb"},
                    Wrong{"DB_TLS_CA", "a\nb"}, Wrong{"DB_POOL", "2"}, Wrong{"DB_POOL", "101"},
                    Wrong{"LOG_LEVEL", "loud"}, Wrong{"LOG_FORMAT", "xml"}, Wrong{"LOG_RETENTION_DAYS", "-1"}));

TEST(Config, WithFaultsTheRestIsStillThere) {
  std::vector<std::string> faults;
  auto environment = environment_with({{"PORT", "high"}, {"HOST", "192.0.2.1"}, {"SHARDS", "many"}});
  const Config config = load_valid(environment, faults);
  EXPECT_THAT(faults, ElementsAre(HasSubstr("SHARDS: expected"), HasSubstr("PORT: expected")));
  EXPECT_EQ(config.server.port, 8080) << "the default";
  EXPECT_EQ(config.server.host, "192.0.2.1");
  faults.clear();
  static_cast<void>(load_valid(Environment(), faults));
  EXPECT_THAT(faults, testing::SizeIs(3)) << "what is required";
}

}  // namespace
}  // namespace guildhall::config
