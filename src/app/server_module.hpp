#pragma once

#include "app/connection_limits.hpp"
#include "app/database_module.hpp"
#include "app/discord_module.hpp"
#include "app/script_module.hpp"
#include "base/event_bus.hpp"
#include "config/config.hpp"
#include "domain/access.hpp"
#include "domain/admins.hpp"
#include "domain/commands.hpp"
#include "domain/guilds.hpp"
#include "domain/script_checker.hpp"
#include "jwt/jwe.hpp"
#include "jwt/session_token.hpp"
#include "net/event_loops.hpp"
#include "net/http_server.hpp"
#include "server/api.hpp"
#include "server/bot_profile_cache.hpp"
#include "server/dry_runs.hpp"
#include "server/guild_lists.hpp"
#include "server/json_cache.hpp"
#include "server/kept_tokens.hpp"
#include "server/login_states.hpp"
#include "server/metrics.hpp"
#include "server/middleware/authentication.hpp"
#include "server/middleware/rate_limit.hpp"
#include "server/origins.hpp"
#include "server/services.hpp"
#include "server/sessions.hpp"
#include "server/socket/dashboard_namespace.hpp"
#include "server/user_guilds.hpp"
#include "socketio/server.hpp"

namespace guildhall::app {

/// The HTTP and Socket.IO servers with all that their handlers use. Each purpose has its own keys, derived from
/// JWT_SECRET.
struct ServerModule {
  struct Parts {
    const config::Config& config;
    const base::Clock& clock;
    base::Log log;
    net::EventLoops& loops;
    DatabaseModule& database;
    domain::Admins& admins;
    DiscordModule& discord;
    base::EventBus& events;
    logger::LogFeed& log_feed;
    base::Log socket_log;
    std::function<api::PartHealth()> bot_health;
    std::function<api::NodeStatus()> node_status;
    server::UserGuilds::BotKnowledge bot_knowledge;
    server::EventStream::ChannelView channel_view;
    ScriptModule& scripts;
  };

  explicit ServerModule(Parts parts);

  /// Binds the port. Throws StartError.
  void start();

  /// Encrypts with the first of these keys and decrypts with all from now on. Any thread.
  void replace_keys(const config::Jwt& jwt);

  /// Closes all sockets, then stops as net::HttpServer::stop.
  [[nodiscard]] net::Task<> stop(std::chrono::milliseconds grace);

  /// Judges a request by its head, see net::HeadVerdict.
  [[nodiscard]] net::Task<net::HeadVerdict> judge_head(net::Request& head);

  /// Answers a request of the API or of Socket.IO.
  [[nodiscard]] net::Task<net::Response> answer(net::Request& request);

  /// A reverse proxy may leave PUBLIC_URL's path to us, or take it off.
  void take_off_base_path(net::Request& request) const;

  const config::Server& config;
  const ConnectionLimits limits;
  server::Origins origins;
  jwt::Jwe token_jwe;
  jwt::Jwe seal_jwe;
  jwt::Jwe login_jwe;
  jwt::Jwe self_check_jwe;
  jwt::SessionTokens tokens;
  jwt::TokenCache token_cache;
  server::KeptTokens kept_tokens;
  server::Authentication authentication;
  server::UserGuilds user_guilds;
  domain::HostScriptChecker script_checker;
  domain::Access access;
  domain::Guilds guild_settings;
  domain::Commands commands;
  server::Sessions sessions;
  server::GuildLists guild_lists;
  server::LoginStates login_states;
  server::RefusedLogins refused_logins;
  server::DryRuns dry_runs;
  server::JsonCache json_cache;
  server::BotProfileCache bot_profile_cache;
  server::Metrics metrics;
  server::Services services;
  server::Api api;
  socketio::Server sockets;
  server::DashboardNamespace dashboards;
  net::HttpServer http;
};

}  // namespace guildhall::app
