#include "app/discord_side.hpp"

#include "app/version.hpp"

namespace guildhall::app {
namespace {

net::HttpClientOptions client_options() {
  net::HttpClientOptions options;
  options.user_agent = discord::user_agent(version);
  return options;
}

}  // namespace

DiscordSide::DiscordSide(const config::Discord& config, const net::EventLoops& loops)
    : http(loops.home(), client_options()),
      rest(http, config.api_url),
      oauth(http, {config.client_id, config.client_secret, config.api_url, config.authorize_url}) {}

}  // namespace guildhall::app
