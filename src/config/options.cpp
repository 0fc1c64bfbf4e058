// Every variable, declared once.
#include <algorithm>
#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <concepts>
#include <type_traits>
#include <utility>

#include "base/encoding.hpp"
#include "base/utf8.hpp"
#include "config/config.hpp"
#include "config/option.hpp"
#include "config/parse.hpp"

namespace guildhall::config {
namespace {

// Kinds of values: `parse` takes a text and returns an optional, `expected` describes what it accepts.

template <class T, T min, T max>
struct Number {
  static std::optional<T> parse(std::string_view text) { return parse_number<T>(text, min, max); }
  static std::string expected() { return "a number from " + std::to_string(min) + " to " + std::to_string(max); }
};

/// A number of units, each of which is `T(unit)`.
template <class T, unsigned unit, unsigned min, unsigned max>
struct Scaled : Number<unsigned, min, max> {
  static std::optional<T> parse(std::string_view text) {
    const auto count = parse_number<unsigned>(text, min, max);
    if (!count) return std::nullopt;
    return T(*count) * unit;
  }
};

template <class T>
using Choice = std::pair<std::string_view, T>;

template <const auto& choices>
struct OneOf {
  static auto parse(std::string_view text) -> std::optional<std::remove_cvref_t<decltype(choices.front().second)>> {
    for (const auto& [name, value] : choices) {
      if (name == text) return value;
    }
    return std::nullopt;
  }
  static std::string expected() {
    std::string text;
    for (const auto& [name, value] : choices) {
      if (!text.empty()) text += name == choices.back().first ? " or " : ", ";
      text.append("`").append(name).append("`");
    }
    return text;
  }
};

template <std::size_t size>
struct Text {
  constexpr Text(const char (&literal)[size]) { std::copy_n(literal, size, characters); }
  char characters[size];
};

template <auto parser, Text description>
struct Parsed {
  static auto parse(std::string_view text) { return parser(text); }
  static std::string expected() { return description.characters; }
};

template <auto parse>
auto list(std::string_view text) {
  return parse_list(text, parse);
}

/// An option for a field of a part of the configuration. Fields that are base::Secret are shown to nobody.
template <auto part, auto field, class Kind>
constexpr Option option(std::string_view name, std::string_view doc, std::string_view fallback = {}) {
  using Field = std::remove_cvref_t<decltype(std::declval<Config>().*part.*field)>;
  constexpr bool secret = std::same_as<Field, base::Secret> || std::same_as<Field, std::vector<base::Secret>>;
  const auto read = [](std::string_view text, Config& config) {
    auto value = Kind::parse(text);
    if (value) config.*part.*field = Field(*std::move(value));
    return value.has_value();
  };
  return {name, doc, &Kind::expected, read, fallback, secret ? Visibility::secret : Visibility::open};
}

constexpr Option required(Option option, std::string_view remedy) {
  option.need = Need::required;
  option.remedy = remedy;
  return option;
}

constexpr Option reloaded(Option option) {
  option.applied_at = AppliedAt::reload;
  return option;
}

constexpr Option with_objection(Option option, std::string_view (*objection)(std::string_view)) {
  option.objection = objection;
  return option;
}

constexpr Option with_alias(Option option, std::string_view alias) {
  option.alias = alias;
  return option;
}

constexpr std::array switches{Choice<bool>{"on", true}, Choice<bool>{"off", false}};
constexpr std::array flags{Choice<bool>{"0", false}, Choice<bool>{"1", true}};
constexpr std::array compressions{Choice<GatewayCompression>{"zstd-stream", GatewayCompression::zstd_stream},
                                  Choice<GatewayCompression>{"zlib-stream", GatewayCompression::zlib_stream},
                                  Choice<GatewayCompression>{"none", GatewayCompression::none}};
constexpr std::array message_commands{Choice<MessageCommands>{"on", MessageCommands::on},
                                      Choice<MessageCommands>{"mentions", MessageCommands::mentions},
                                      Choice<MessageCommands>{"off", MessageCommands::off}};
constexpr std::array statuses{Choice<BotStatus>{"online", BotStatus::online},
                              Choice<BotStatus>{"idle", BotStatus::idle}, Choice<BotStatus>{"dnd", BotStatus::dnd},
                              Choice<BotStatus>{"invisible", BotStatus::invisible}};
constexpr std::array dialects{Choice<Dialect>{"sqlite", Dialect::sqlite}, Choice<Dialect>{"mariadb", Dialect::mariadb},
                              Choice<Dialect>{"mysql", Dialect::mysql}};
constexpr std::array formats{Choice<LogFormat>{"auto", LogFormat::automatic},
                             Choice<LogFormat>{"text", LogFormat::text}, Choice<LogFormat>{"json", LogFormat::json}};

/// The bits of gateway intents (Discord: events/gateway, List of Intents).
constexpr std::array<Choice<unsigned>, 21> intents{{
    {"GUILDS", 0},
    {"GUILD_MEMBERS", 1},
    {"GUILD_MODERATION", 2},
    {"GUILD_EXPRESSIONS", 3},
    {"GUILD_INTEGRATIONS", 4},
    {"GUILD_WEBHOOKS", 5},
    {"GUILD_INVITES", 6},
    {"GUILD_VOICE_STATES", 7},
    {"GUILD_PRESENCES", 8},
    {"GUILD_MESSAGES", 9},
    {"GUILD_MESSAGE_REACTIONS", 10},
    {"GUILD_MESSAGE_TYPING", 11},
    {"DIRECT_MESSAGES", 12},
    {"DIRECT_MESSAGE_REACTIONS", 13},
    {"DIRECT_MESSAGE_TYPING", 14},
    {"MESSAGE_CONTENT", 15},
    {"GUILD_SCHEDULED_EVENTS", 16},
    {"AUTO_MODERATION_CONFIGURATION", 20},
    {"AUTO_MODERATION_EXECUTION", 21},
    {"GUILD_MESSAGE_POLLS", 24},
    {"DIRECT_MESSAGE_POLLS", 25},
}};

std::optional<std::uint32_t> parse_intent(std::string_view name) {
  const auto bit = OneOf<intents>::parse(name);
  if (!bit) return std::nullopt;
  return std::uint32_t{1} << *bit;
}

std::optional<std::uint32_t> parse_intents(std::string_view text) {
  const auto bits = parse_list(text, parse_intent);
  if (!bits) return std::nullopt;
  std::uint32_t all = 0;
  for (const auto bit : *bits) all |= bit;
  return all;
}

std::optional<std::string> parse_activity(std::string_view text) {
  constexpr std::size_t max_length = 128;
  const auto length = base::count_code_points(text);
  const bool has_control = std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  if (!length || *length > max_length || has_control) return std::nullopt;
  return std::string(text);
}

std::optional<std::string> parse_application_id(std::string_view text) {
  if (!base::Id<struct ApplicationTag>::parse(text)) return std::nullopt;
  return std::string(text);
}

std::optional<std::optional<unsigned>> parse_shards(std::string_view text) {
  if (text == "auto") return std::optional<unsigned>{};
  const auto number = parse_number<unsigned>(text, 1, 16384);
  if (!number) return std::nullopt;
  return number;
}

std::optional<base::Secret> parse_key(std::string_view text) {
  if (text.size() != 64) return std::nullopt;
  auto bytes = base::from_hex(text);
  if (!bytes) return std::nullopt;
  return base::Secret(*std::move(bytes));
}

/// One line of text.
std::optional<std::string> parse_text(std::string_view text) {
  if (text.find_first_of(std::string_view("\0\n", 2)) != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

/// The credentials are not checked: they may have any characters, percent-encoded.
std::optional<base::Secret> parse_proxy(std::string_view text) {
  const auto url = boost::urls::parse_uri(text);
  const bool http = url && url->scheme_id() == boost::urls::scheme::http && !url->host().empty();
  const bool bare = http && !url->has_query() && !url->has_fragment();
  if (!bare || (!url->encoded_path().empty() && url->encoded_path() != "/")) return std::nullopt;
  return base::Secret(std::string(text));
}

constexpr std::array discord_options{
    required(
        option<&Config::discord, &Discord::client_id, Parsed<parse_application_id, "the application's id (digits)">>(
            "DISCORD_CLIENT_ID", "The application's id."),
        "it is under General Information of your application at https://discord.com/developers"),
    required(
        option<&Config::discord, &Discord::client_secret, Parsed<parse_word, "the client secret, without white space">>(
            "DISCORD_CLIENT_SECRET", "The application's client secret."),
        "it is under OAuth2 of your application at https://discord.com/developers"),
    option<&Config::discord, &Discord::bot_token,
           Parsed<parse_word, "the token alone, without \"Bot \" before it or other white space">>(
        "DISCORD_BOT_TOKEN",
        "The bot's token, from the page Bot of the application. Unset: only the dashboard runs, no bot."),
    option<&Config::discord, &Discord::redirect_uris,
           Parsed<list<parse_redirect_uri>, "absolute URIs without fragment, separated by commas">>(
        "DISCORD_REDIRECT_URIS",
        "Redirect URIs that a login may use, as registered at Discord, separated by commas; unset: all that Discord "
        "allows."),
    option<&Config::discord, &Discord::api_url,
           Parsed<parse_http_url, "an http or https URL such as https://discord.com/api/v10">>(
        "DISCORD_API_URL", "Discord's REST API. All other addresses of Discord derive from it.",
        "https://discord.com/api/v10"),
    option<&Config::discord, &Discord::authorize_url,
           Parsed<parse_http_url, "an http or https URL such as https://discord.com/oauth2/authorize">>(
        "DISCORD_AUTHORIZE_URL",
        "The page where people log in; unset: /oauth2/authorize where DISCORD_API_URL is, "
        "https://discord.com/oauth2/authorize."),
    option<&Config::discord, &Discord::requests_per_second, Number<unsigned, 1, 10000>>(
        "DISCORD_REQUESTS_PER_SECOND",
        "The application's global rate limit: 50, unless Discord has raised it for a large bot.", "50"),
    option<&Config::discord, &Discord::shards, Parsed<parse_shards, "`auto` or a number from 1 to 16384">>(
        "SHARDS", "Number of shards; auto: as many as Discord recommends.", "auto"),
    option<&Config::discord, &Discord::compression, OneOf<compressions>>(
        "GATEWAY_COMPRESSION", "Compression of the gateway: zstd-stream, zlib-stream or none.", "zstd-stream"),
    with_alias(
        option<&Config::discord, &Discord::proxy,
               Parsed<parse_proxy, "an http URL such as http://proxy.example:3128, perhaps with user:password@">>(
            "HTTPS_PROXY",
            "A proxy through which Discord is reached, REST and gateway. `https_proxy` comes before it."),
        "https_proxy"),
    with_alias(option<&Config::discord, &Discord::no_proxy, Parsed<parse_text, "one line of text">>(
                   "NO_PROXY",
                   "Hosts, domains and address ranges that are reached without it, separated by commas. `no_proxy` "
                   "comes before it."),
               "no_proxy"),
};

constexpr std::array bot_options{
    option<&Config::bot, &Bot::message_commands, OneOf<message_commands>>(
        "MESSAGE_COMMANDS",
        "on: custom commands react to messages; needs Message Content Intent, on the page Bot of the application. "
        "mentions: only to messages that begin with a mention of the bot, without that intent. off: slash commands "
        "only.",
        "on"),
    option<&Config::bot, &Bot::extra_intents,
           Parsed<parse_intents, "names of Discord's gateway intents such as GUILD_MEMBERS, separated by commas">>(
        "GATEWAY_INTENTS",
        "Additional gateway intents, for events on dashboards, separated by commas. With GUILD_MEMBERS the bot knows "
        "who may manage a server without asking Discord."),
    option<&Config::bot, &Bot::status, OneOf<statuses>>("BOT_STATUS",
                                                        "The bot's status: online, idle, dnd or invisible.", "online"),
    option<&Config::bot, &Bot::activity, Parsed<parse_activity, "a text of at most 128 characters on one line">>(
        "BOT_ACTIVITY", "The bot's custom status, a short text."),
};

constexpr std::array scripts_options{
    option<&Config::scripts, &Scripts::enabled, OneOf<switches>>(
        "SCRIPTS",
        "on: custom commands run the scripts that server managers wrote. off: they answer that scripts are off.", "on"),
    option<&Config::scripts, &Scripts::unsafe, OneOf<flags>>(
        "SCRIPTS_UNSAFE",
        "1: run scripts even if the machine lacks a part of the sandbox (the log names it at the start). Use it only "
        "if you trust everybody who may write a script.",
        "0"),
    option<&Config::scripts, &Scripts::cpu, Scaled<std::chrono::milliseconds, 1, 10, 10'000>>(
        "SCRIPTS_CPU_MS", "CPU time of one run of a script, in milliseconds.", "100"),
    option<&Config::scripts, &Scripts::memory, Scaled<std::size_t, 1U << 20, 8, 1024>>(
        "SCRIPTS_MEMORY_MB", "Memory of one run beyond that of an empty script, in megabytes.", "64"),
    // Discord accepts responses to an interaction for 15 minutes.
    option<&Config::scripts, &Scripts::wall, Scaled<std::chrono::milliseconds, 1, 100, 840'000>>(
        "SCRIPTS_WALL_MS", "Total time of one run, in milliseconds.", "5000"),
    option<&Config::scripts, &Scripts::calls, Number<unsigned, 1, 1000>>(
        "SCRIPTS_CALLS", "Calls to Discord that one run may make.", "20"),
    option<&Config::scripts, &Scripts::call_bytes, Scaled<std::size_t, 1U << 10, 1, 512>>(
        "SCRIPTS_CALL_KB", "Size of one call, in kilobytes of JSON.", "64"),
    option<&Config::scripts, &Scripts::console_lines, Number<unsigned, 0, 1000>>(
        "SCRIPTS_CONSOLE_LINES", "Console lines that are kept of one run.", "100"),
    option<&Config::scripts, &Scripts::at_once, Number<unsigned, 1, 256>>(
        "SCRIPTS_AT_ONCE", "Scripts that use the processor at the same time.", "4"),
    option<&Config::scripts, &Scripts::per_guild, Number<unsigned, 1, 256>>(
        "SCRIPTS_PER_GUILD", "Scripts of one server that use the processor at the same time.", "2"),
    option<&Config::scripts, &Scripts::idle, Number<std::size_t, 8, 10'000>>(
        "SCRIPTS_IDLE",
        "Started scripts that wait for a timer or for Discord, in all; of one server an eighth. Each has a process.",
        "64"),
    option<&Config::scripts, &Scripts::waiting, Number<std::size_t, 1, 10'000>>(
        "SCRIPTS_WAITING", "Runs that may wait to start; further ones are refused.", "200"),
    option<&Config::scripts, &Scripts::program, Parsed<parse_text, "a path">>(
        "GUILDHALL_VM", "The program that runs scripts; unset: guildhall-vm beside guildhall or in ../lib/guildhall."),
};

constexpr std::array jwt_options{
    reloaded(required(
        option<&Config::jwt, &Jwt::keys, Parsed<list<parse_key>, "64 hex digits, or several keys separated by commas">>(
            "JWT_SECRET",
            "Key of the session tokens: 64 hex digits. To rotate it, put a new key and a comma before the old one."),
        "make one with `openssl rand -hex 32`")),
};

constexpr std::array server_options{
    option<&Config::server, &Server::host,
           Parsed<parse_host, "an address or a host name such as 127.0.0.1, without port">>(
        "HOST", "Address or host name to listen on; 0.0.0.0 or :: for every address of the machine.", "127.0.0.1"),
    option<&Config::server, &Server::port, Number<std::uint16_t, 0, 65535>>(
        "PORT", "Port to listen on; 0 for any free port.", "8080"),
    option<&Config::server, &Server::public_url,
           Parsed<parse_public_url, "an http or https URL such as https://bot.example.org or https://example.org/bot">>(
        "PUBLIC_URL",
        "The URL under which browsers reach this server, such as https://bot.example.org or https://example.org/bot; "
        "unset: whatever address they use."),
    reloaded(with_objection(
        option<&Config::server, &Server::cors_origins,
               Parsed<list<parse_any_origin>, "origins such as https://dashboard.example.org, separated by commas">>(
            "CORS_ORIGINS",
            "Origins of other sites and apps whose pages may use the API, such as https://dashboard.example.org or "
            "capacitor://localhost, separated by commas."),
        object_to_origins)),
    option<&Config::server, &Server::trusted_proxies,
           Parsed<list<parse_network>, "addresses or CIDR ranges such as 127.0.0.1,10.0.0.0/8, separated by commas">>(
        "TRUSTED_PROXIES",
        "Reverse proxies whose X-Forwarded-For is trusted: addresses or CIDR ranges, separated by commas."),
    reloaded(option<&Config::server, &Server::admin_user_ids,
                    Parsed<list<base::UserId::parse>, "Discord user ids (digits), separated by commas">>(
        "ADMIN_USER_IDS", "Discord user ids of those with role ADMIN, separated by commas.")),
    option<&Config::server, &Server::dashboard, OneOf<switches>>(
        "DASHBOARD",
        "on: the dashboard is at this server's address. off: its pages do not exist, and the address leads to the "
        "documentation of the API.",
        "on"),
};

constexpr std::array db_options{
    option<&Config::db, &Db::dialect, OneOf<dialects>>("DB_DIALECT", "The kind of database: sqlite, mariadb or mysql.",
                                                       "sqlite"),
    option<&Config::db, &Db::storage, Parsed<parse_text, "a path or `:memory:`">>(
        "DB_STORAGE", "SQLite: the database file, or :memory: to keep nothing.", "./data/guildhall.sqlite"),
    option<&Config::db, &Db::host,
           Parsed<parse_host_or_socket, "an address or a host name, without port, or the path of a socket">>(
        "DB_HOST", "MariaDB, MySQL: the server, or its Unix socket such as /run/mysqld/mysqld.sock.", "127.0.0.1"),
    option<&Config::db, &Db::port, Number<std::uint16_t, 1, 65535>>("DB_PORT", "MariaDB, MySQL: the server's port.",
                                                                    "3306"),
    option<&Config::db, &Db::user, Parsed<parse_text, "one line of text">>("DB_USER", "MariaDB, MySQL: the user.",
                                                                           "guildhall"),
    option<&Config::db, &Db::pass, Parsed<parse_text, "one line of text">>("DB_PASS",
                                                                           "MariaDB, MySQL: the user's password."),
    option<&Config::db, &Db::name, Parsed<parse_text, "one line of text">>("DB_NAME", "MariaDB, MySQL: the database.",
                                                                           "guildhall"),
    option<&Config::db, &Db::tls_ca, Parsed<parse_text, "a path">>(
        "DB_TLS_CA",
        "MariaDB, MySQL: a PEM file with the CA certificates for the server; connections then use TLS and require a "
        "certificate for DB_HOST. Unset, or with a socket: no TLS."),
    option<&Config::db, &Db::pool, Number<std::uint16_t, 3, 100>>(
        "DB_POOL",
        "MariaDB, MySQL: connections to the server: one writes, one follows changes by other processes, the rest read.",
        "6"),
};

constexpr std::array log_options{
    reloaded(
        option<&Config::log, &Log::level, Parsed<base::parse_log_level, "`error`, `warn`, `info`, `http` or `debug`">>(
            "LOG_LEVEL", "The least severe level that is logged: error, warn, info, http or debug.", "info")),
    option<&Config::log, &Log::format, OneOf<formats>>(
        "LOG_FORMAT", "text, json, or auto: text on a terminal, fields in systemd's journal, and json elsewhere.",
        "auto"),
    option<&Config::log, &Log::retention, Scaled<std::chrono::days, 1, 0, 3650>>(
        "LOG_RETENTION_DAYS", "Days for which logs stay in the database; 0 keeps them for ever.", "30"),
};

}  // namespace

std::span<const Section> sections() {
  static constexpr std::array all{Section{"discord", "Discord", discord_options},
                                  Section{"bot", "Bot", bot_options},
                                  Section{"scripts", "Scripts", scripts_options},
                                  Section{"jwt", "Session tokens", jwt_options},
                                  Section{"server", "Server", server_options},
                                  Section{"db", "Database", db_options},
                                  Section{"log", "Logs", log_options}};
  return all;
}

const Option* find_option(std::string_view name) {
  for (const Section& section : sections()) {
    const auto is_called = [name](const Option& option) {
      return option.name == name || (!option.alias.empty() && option.alias == name);
    };
    const auto found = std::ranges::find_if(section.options, is_called);
    if (found != section.options.end()) return &*found;
  }
  return nullptr;
}

}  // namespace guildhall::config
