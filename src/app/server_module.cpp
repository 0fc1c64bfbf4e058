#include "app/server_module.hpp"

#include <algorithm>
#include <boost/system/system_error.hpp>

#include "app/application.hpp"
#include "app/connection_limits.hpp"
#include "app/purpose_keys.hpp"
#include "app/version.hpp"
#include "config/parse.hpp"
#include "server/errors.hpp"
#include "server/routes/table.hpp"
#include "server/self_check.hpp"

namespace guildhall::app {
namespace {

/// Discord sets no limit to its tokens; this is the limit of our client's bodies.
constexpr std::size_t max_sealed_size = 4UL << 20;

constexpr std::string_view login_states_purpose = "guildhall login state";

bool is_socket_path(std::string_view path) { return path == "/socket.io/" || path == "/socket.io"; }

net::HttpServerOptions server_options(const config::Server& config, const ConnectionLimits& limits,
                                      net::HeadHandler judge_head) {
  net::HttpServerOptions options;
  options.judge_head = std::move(judge_head);
  options.connection_limit = limits.http;
  options.host = config.host;
  options.port = config.port;
  for (const auto& range : config.trusted_proxies) {
    if (auto network = net::IpNetwork::parse(range)) options.trusted_proxies.push_back(*network);
  }
  options.common_headers = server::security_headers(config.public_url.value_or(""));
  options.reject = server::protocol_error;
  return options;
}

const std::vector<server::Route>& served_routes(const config::Server& config) {
  return config.dashboard ? server::route_table() : server::route_table_without_dashboard();
}

constexpr std::size_t max_dashboard_message = 64 * 1024;

/// `origins` is complete before the first client connects.
socketio::Options socket_options(const server::Origins& origins, const ConnectionLimits& limits) {
  socketio::Options options;
  options.engine.max_sockets = limits.websockets;
  auto& unadmitted = *options.engine.unadmitted;
  unadmitted.max_sockets = std::clamp<std::size_t>(limits.websockets / 4, 2, unadmitted.max_sockets);
  unadmitted.max_sockets_per_client = unadmitted.max_sockets / 2;
  // Dashboards send nothing but CONNECT and acknowledgements.
  options.engine.max_payload = max_dashboard_message;
  options.accept_binary = false;
  options.engine.allow_origin = [&origins](std::string_view origin) { return origins.is_ours(origin); };
  // A token in `auth` or a header is proof enough, and clients that are no browsers send origins of their own.
  options.engine.refuse_other_origins = false;
  return options;
}

}  // namespace

ServerModule::ServerModule(Parts parts)
    : config(parts.config.server),
      limits(connection_limits(raise_descriptor_limit())),
      origins{.own = "",
              .allowed = config.cors_origins,
              .base_path = "",
              .any_host = !config.public_url,
              .redirect_uris = parts.config.discord.redirect_uris},
      token_jwe(parts.config.jwt.keys),
      seal_jwe(keys_for(parts.config.jwt, refresh_tokens_at_rest), max_sealed_size),
      login_jwe(keys_for(parts.config.jwt, login_states_purpose)),
      self_check_jwe(keys_for(parts.config.jwt, server::self_check_purpose)),
      tokens(token_jwe),
      token_cache(tokens),
      kept_tokens(parts.database.kept_tokens, seal_jwe),
      authentication({.clock = parts.clock,
                      .origins = origins,
                      .tokens = token_cache,
                      .token_denylist = parts.database.token_denylist,
                      .users = parts.database.users,
                      .kept_tokens = kept_tokens}),
      user_guilds(parts.loops.home(), parts.clock, parts.discord.rest, parts.bot_knowledge, parts.events.rights),
      script_checker(parts.loops.home(), parts.scripts.host(), parts.log),
      access(parts.database.guilds),
      guild_settings(parts.database.guilds),
      commands(parts.database.commands, script_checker),
      sessions({.clock = parts.clock,
                .log = parts.log,
                .home = parts.loops.home(),
                .oauth = parts.discord.oauth,
                .rest = parts.discord.rest,
                .users = parts.database.users,
                .token_denylist = parts.database.token_denylist,
                .session_rows = parts.database.sessions,
                .user_guilds = user_guilds,
                .tokens = tokens,
                .seal = seal_jwe,
                .kept_tokens = kept_tokens,
                .grant_at_login = [&admins = parts.admins](base::UserId id) { return admins.grant_at_login(id); },
                .redirect_uris = parts.config.discord.redirect_uris}),
      guild_lists(parts.loops.home(), parts.clock, parts.discord.rest),
      login_states(parts.clock, login_jwe, parts.database.token_denylist),
      dry_runs({.home = parts.loops.home(),
                .host = parts.scripts.host(),
                .enabled = parts.config.scripts.enabled,
                .application = parts.config.discord.client_id}),
      bot_profile_cache(parts.events, parts.config.discord.client_id, parts.config.discord.authorize_url),
      metrics(served_routes(config)),
      services{.clock = parts.clock,
               .log = parts.log,
               .origins = origins,
               .routes = served_routes(config),
               .authentication = authentication,
               .sessions = sessions,
               .login_states = login_states,
               .refused_logins = refused_logins,
               .user_guilds = user_guilds,
               .guilds = parts.database.guilds,
               .access = access,
               .guild_settings = guild_settings,
               .guild_lists = guild_lists,
               .commands = commands,
               .list_logs =
                   [&logs = parts.database.logs](database::LogFilter filter) { return logs.list(std::move(filter)); },
               .list_uses = [&uses = parts.database.uses](base::GuildId guild,
                                                          long long first_day) { return uses.list(guild, first_day); },
               .dry_runs = dry_runs,
               .json_cache = json_cache,
               .list_users = [&users = parts.database.users](
                                 database::UserFilter filter) { return users.list(std::move(filter)); },
               .grant_admin = [&admins = parts.admins](base::UserId actor,
                                                       base::UserId id) { return admins.grant(actor, id); },
               .revoke_admin = [&admins = parts.admins](base::UserId actor,
                                                        base::UserId id) { return admins.revoke(actor, id); },
               .node_status = std::move(parts.node_status),
               .database_fault = [&database = *parts.database.database] { return database.fault(); },
               .bot_health = std::move(parts.bot_health),
               .bot_profile_cache = bot_profile_cache,
               .metrics = metrics,
               .self_check_jwe = self_check_jwe,
               .version = version},
      api(services),
      sockets(parts.loops, socket_options(origins, limits), parts.socket_log),
      dashboards({.clock = parts.clock,
                  .authentication = authentication,
                  .origins = origins,
                  .user_guilds = user_guilds,
                  .guilds = parts.database.guilds,
                  .changes = parts.database.database->feed(),
                  .loops = parts.loops,
                  .sockets = sockets,
                  .events = parts.events,
                  .channel_view = std::move(parts.channel_view),
                  .logs = parts.log_feed,
                  .log = parts.socket_log}),
      http(
          parts.loops, server_options(config, limits, [this](net::Request& head) { return judge_head(head); }),
          [this](net::Request& request) { return answer(request); }, parts.log) {}

void ServerModule::start() {
  try {
    http.start();
  } catch (const boost::system::system_error& error) {
    throw StartError("Cannot listen on HOST " + config.host + " and PORT " + std::to_string(config.port) + ": " +
                     error.code().message() + ".");
  }
  const auto url = config.url(http.port());
  origins.own = config::origin_of(url);
  origins.base_path = url.substr(origins.own.size());
  // Readers of the document resolve that by its own address, so it fits whichever address they use.
  const std::string api_url = origins.base_path.empty() ? "/" : origins.base_path;
  services.openapi = std::make_shared<const std::string>(server::openapi_document(api_url, version));
}

void ServerModule::replace_keys(const config::Jwt& jwt) {
  token_jwe.replace_keys(jwt.keys);
  seal_jwe.replace_keys(keys_for(jwt, refresh_tokens_at_rest));
  login_jwe.replace_keys(keys_for(jwt, login_states_purpose));
  self_check_jwe.replace_keys(keys_for(jwt, server::self_check_purpose));
  token_cache.forget_all();
}

void ServerModule::take_off_base_path(net::Request& request) const {
  const auto& base = origins.base_path;
  if (base.empty() || !request.path().starts_with(base)) return;
  const auto rest = request.path().substr(base.size());
  if (rest.empty()) request.target.insert(base.size(), "/");
  if (rest.empty() || rest.starts_with('/')) request.target.erase(0, base.size());
}

net::Task<net::HeadVerdict> ServerModule::judge_head(net::Request& head) {
  // `answer` gets the target as it was sent.
  struct Restore {
    std::string& target;
    std::string sent;
    ~Restore() { target = std::move(sent); }
  };
  const Restore restore{head.target, head.target};
  take_off_base_path(head);
  if (is_socket_path(head.path())) co_return co_await sockets.judge_head(head);
  co_return co_await api.judge_head(head);
}

net::Task<net::Response> ServerModule::answer(net::Request& request) {
  take_off_base_path(request);
  return is_socket_path(request.path()) ? sockets.answer(request) : api.answer(request);
}

net::Task<> ServerModule::stop(std::chrono::milliseconds grace) {
  co_await sockets.close();
  co_await http.stop(grace);
}

}  // namespace guildhall::app
