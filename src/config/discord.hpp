#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/secret.hpp"
#include "config/option.hpp"

namespace guildhall::config {

enum class GatewayCompression : std::uint8_t { zstd_stream, zlib_stream, none };

/// The application at Discord.
struct Discord {
  std::string client_id;  ///< Digits: also the application's id.
  base::Secret client_secret;
  base::Secret bot_token;                  ///< Empty: the API runs without a bot.
  std::vector<std::string> redirect_uris;  ///< What a login may redirect to; empty: what Discord allows.
  std::string api_url;                     ///< Without trailing slash: `https://discord.com/api/v10`.
  std::string authorize_url;               ///< `https://discord.com/oauth2/authorize`.
  unsigned requests_per_second = 50;       ///< Discord's global limit for the bot.
  std::optional<unsigned> shards;          ///< Nothing: as many as Discord recommends.
  GatewayCompression compression{};
};

/// Where people log in when DISCORD_AUTHORIZE_URL is unset: on the host of `api_url`, a valid DISCORD_API_URL.
[[nodiscard]] std::string default_authorize_url(std::string_view api_url);

[[nodiscard]] Section discord_section();

}  // namespace guildhall::config
