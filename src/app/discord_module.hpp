#pragma once

#include <future>

#include "base/log.hpp"
#include "config/config.hpp"
#include "discord/oauth/client.hpp"
#include "discord/rest/client.hpp"
#include "net/event_loops.hpp"
#include "net/http_client.hpp"
#include "net/proxy.hpp"

namespace guildhall::app {

/// HTTPS_PROXY; null for none.
[[nodiscard]] std::shared_ptr<const net::Proxy> proxy_of(const config::Discord& config);

/// The clients of Discord's REST API and OAuth.
struct DiscordModule {
  DiscordModule(const config::Discord& config, const net::EventLoops& loops, base::Log log);

  net::HttpClient http;
  discord::RestClient rest;
  discord::OAuthClient oauth;
  std::future<void> roots_read;  ///< Reads the root certificates before an event loop needs them.
};

}  // namespace guildhall::app
