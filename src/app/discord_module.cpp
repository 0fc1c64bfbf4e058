#include "app/discord_module.hpp"

#include <algorithm>

#include "app/version.hpp"
#include "net/client_tls.hpp"

namespace guildhall::app {
namespace {

net::HttpClientOptions client_options(const config::Discord& config) {
  net::HttpClientOptions options;
  options.user_agent = discord::user_agent(version);
  // For the bot at one second a request, and some more for interactions and logins.
  options.connections_per_origin = std::min<std::size_t>(config.requests_per_second + 14, 512);
  options.proxy = proxy_of(config);
  return options;
}

discord::RestOptions rest_options(const config::Discord& config) {
  discord::RestOptions options;
  options.requests_per_second = config.requests_per_second;
  return options;
}

std::future<void> read_roots(const config::Discord& config) {
  if (!config.api_url.starts_with("https:")) return {};
  return std::async(std::launch::async, [] { static_cast<void>(net::client_tls()); });
}

}  // namespace

std::shared_ptr<const net::Proxy> proxy_of(const config::Discord& config) {
  return net::Proxy::parse(config.proxy.reveal(), config.no_proxy);
}

DiscordModule::DiscordModule(const config::Discord& config, const net::EventLoops& loops, base::Log log)
    : http(loops.home(), client_options(config)),
      rest({http, config.api_url, loops.home(), std::move(log), config.bot_token, rest_options(config)}),
      oauth(rest.sender(), {config.client_id, config.client_secret, config.authorize_url}),
      roots_read(read_roots(config)) {}

}  // namespace guildhall::app
