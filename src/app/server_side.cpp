#include "app/server_side.hpp"

#include <algorithm>
#include <boost/system/system_error.hpp>

#include "app/application.hpp"
#include "app/descriptor_limit.hpp"
#include "app/version.hpp"
#include "server/errors.hpp"
#include "server/routes/table.hpp"
#include "swagger/openapi.hpp"

namespace guildhall::app {
namespace {

std::vector<base::Secret> keys_for(const config::Jwt& config, std::string_view purpose) {
  std::vector<base::Secret> keys;
  keys.reserve(config.keys.size());
  for (const auto& key : config.keys) keys.push_back(jwt::derive_key(key, purpose));
  return keys;
}

/// Descriptors that are not for clients: the database's, Discord's, the log's.
constexpr std::size_t reserved_descriptors = 128;

net::HttpServerOptions server_options(const config::Server& config) {
  net::HttpServerOptions options;
  const auto descriptors = raise_descriptor_limit();
  const auto room = descriptors > 2 * reserved_descriptors ? descriptors - reserved_descriptors : descriptors / 2;
  options.connection_limit = std::min(options.connection_limit, room);
  options.host = config.host;
  options.port = config.port;
  for (const auto& range : config.trusted_proxies) {
    if (auto network = net::IpNetwork::parse(range)) options.trusted_proxies.push_back(*network);
  }
  options.common_headers = server::security_headers(config.public_url.value_or(""));
  options.reject = server::protocol_error;
  return options;
}

}  // namespace

ServerSide::ServerSide(Parts parts)
    : config(parts.config.server),
      token_jwe(parts.config.jwt.keys),
      seal_jwe(keys_for(parts.config.jwt, "guildhall refresh token at rest")),
      login_jwe(keys_for(parts.config.jwt, "guildhall login state")),
      tokens(token_jwe),
      user_guilds(parts.loops.home(), parts.discord.rest),
      sessions({parts.clock, parts.log, parts.loops.home(), parts.discord.oauth, parts.discord.rest,
                parts.database.users, parts.database.spent_tokens, user_guilds, tokens, seal_jwe,
                parts.config.discord.redirect_uris, config.admin_user_ids}),
      login_states(parts.clock, login_jwe, parts.database.spent_tokens),
      metrics(server::route_table),
      services{parts.clock,
               parts.log,
               *parts.database.database,
               parts.database.users,
               parts.database.guilds,
               parts.database.commands,
               parts.database.spent_tokens,
               parts.database.logs,
               tokens,
               sessions,
               login_states,
               refused_logins,
               user_guilds,
               metrics,
               std::move(parts.bot_health),
               {"", config.cors_origins},
               nullptr},
      api(services),
      http(
          parts.loops, server_options(config), [this](net::Request& request) { return api.answer(request); },
          parts.log) {}

void ServerSide::start() {
  try {
    http.start();
  } catch (const boost::system::system_error& error) {
    throw StartError("Cannot listen on HOST " + config.host + " and PORT " + std::to_string(config.port) + ": " +
                     error.code().message() + ".");
  }
  services.origins.own = config.origin(http.port());
  services.openapi = std::make_shared<const std::string>(swagger::openapi_document(services.origins.own, version));
}

}  // namespace guildhall::app
