#pragma once

#include <future>

#include "base/log.hpp"
#include "config/config.hpp"
#include "discord/oauth/client.hpp"
#include "discord/rest/client.hpp"
#include "net/event_loops.hpp"
#include "net/http_client.hpp"

namespace guildhall::app {

/// The clients of Discord's REST API and OAuth.
struct DiscordModule {
  DiscordModule(const config::Discord& config, const net::EventLoops& loops, base::Log log);

  net::HttpClient http;
  discord::RestClient rest;
  discord::OAuthClient oauth;
  std::future<void> roots_read;  ///< Reads the root certificates before an event loop needs them.
};

}  // namespace guildhall::app
