#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.hpp"
#include "base/log.hpp"
#include "base/secret.hpp"
#include "config/environment.hpp"

namespace guildhall::config {

/// The HTTP server. Origins are as browsers send them in `Origin`: lower case, no default port, no trailing slash.
struct Server {
  std::string host;                          ///< Address or name to listen on; an IPv6 address has no brackets.
  std::uint16_t port = 0;                    ///< 0: the kernel chooses.
  std::optional<std::string> public_url;     ///< The address that browsers see, where it was given; see `url`.
  std::vector<std::string> cors_origins;     ///< Other origins that may use the API from a browser.
  std::vector<std::string> trusted_proxies;  ///< Addresses or networks in CIDR notation.
  std::vector<base::UserId> admin_user_ids;  ///< Users with role ADMIN.
  bool dashboard = true;                     ///< Whether its pages are served.

  /// PUBLIC_URL without trailing slash, or by default `http://HOST:bound_port`, with `localhost` for a HOST that means
  /// every address. `bound_port` is the port that was bound, which differs from `port` where that is 0.
  [[nodiscard]] std::string url(std::uint16_t bound_port) const;
};

/// The session tokens' keys.
struct Jwt {
  std::vector<base::Secret> keys;  ///< 32 bytes each, at least one: the first encrypts, all decrypt.
};

enum class GatewayCompression : std::uint8_t { zstd_stream, zlib_stream, none };

/// The application at Discord.
struct Discord {
  std::string client_id;  ///< Digits: also the application's id.
  base::Secret client_secret;
  base::Secret bot_token;                  ///< Empty: the API runs without a bot.
  std::vector<std::string> redirect_uris;  ///< Allowed for a login; empty: all that Discord allows.
  std::string api_url;                     ///< Without trailing slash: `https://discord.com/api/v10`.
  std::string authorize_url;               ///< `https://discord.com/oauth2/authorize`.
  unsigned requests_per_second = 50;       ///< Discord's global limit for the bot.
  std::optional<unsigned> shards;          ///< Nothing: as many as Discord recommends.
  GatewayCompression compression{};
  base::Secret proxy;    ///< An http URL, which may have a password; empty for none.
  std::string no_proxy;  ///< Hosts that are reached directly, separated by commas.
};

/// The bot's status for others (Discord: events/gateway-events, Update Presence).
enum class BotStatus : std::uint8_t { online, idle, dnd, invisible };

/// Which messages custom commands react to.
enum class MessageCommands : std::uint8_t {
  on,        ///< Those with a prefix or a mention of the bot; needs Message Content Intent.
  mentions,  ///< Those that mention the bot, whose content Discord sends without the intent.
  off,
};

struct Bot {
  MessageCommands message_commands = MessageCommands::on;
  std::uint32_t extra_intents = 0;  ///< Bits of Discord's intents, for events that only dashboards need.
  BotStatus status = BotStatus::online;
  std::string activity;  ///< The custom status; may be empty.
};

/// Scripts of custom commands, and the limits of one run.
struct Scripts {
  bool enabled = true;
  bool unsafe = false;  ///< Run also where the machine lacks a part of the sandbox.
  std::chrono::milliseconds cpu{};
  std::size_t memory = 0;  ///< Bytes.
  std::chrono::milliseconds wall{};
  unsigned calls = 0;
  std::size_t call_bytes = 0;
  unsigned console_lines = 0;
  unsigned at_once = 0;     ///< Runs that use the processor.
  unsigned per_guild = 0;   ///< Of these, runs of one guild.
  std::size_t idle = 0;     ///< Started runs that wait for a timer or for Discord.
  std::size_t waiting = 0;  ///< Queued runs.
  std::string program;      ///< guildhall-vm's path; empty: beside this program.
};

enum class Dialect : std::uint8_t { sqlite, mariadb, mysql };

/// As in DB_DIALECT.
[[nodiscard]] std::string_view to_string(Dialect dialect);

/// The database.
struct Db {
  Dialect dialect{};
  std::string storage;  ///< SQLite: the file, or `:memory:`.
  std::string host;     ///< MariaDB and MySQL: this and the following. A path names the server's Unix socket.
  std::uint16_t port = 0;
  std::string user;
  base::Secret pass;
  std::string name;
  std::string tls_ca;      ///< The file of CA certificates that the server's is verified with; empty: no TLS.
  std::uint16_t pool = 0;  ///< Connections to the server.
};

/// Automatic is text on a terminal, fields in systemd's journal, and JSON elsewhere.
enum class LogFormat : std::uint8_t { automatic, text, json };

struct Log {
  base::LogLevel level{};  ///< The least severe level that is logged.
  LogFormat format{};
  std::chrono::days retention{};  ///< Of rows in table `logs`; zero keeps them for ever.
};

/// The whole configuration, validated.
struct Config {
  Server server;
  Jwt jwt;
  Discord discord;
  Bot bot;
  Scripts scripts;
  Db db;
  Log log;
};

/// The configuration without the variables that are invalid, or required and unset; `faults` gets a line for each.
[[nodiscard]] Config load_valid(const Environment& environment, std::vector<std::string>& faults);

/// Throws Error at the first variable that is invalid, or required and unset.
[[nodiscard]] Config load(const Environment& environment);

}  // namespace guildhall::config
