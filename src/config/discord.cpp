#include "config/discord.hpp"

#include <array>

#include "base/id.hpp"
#include "config/config.hpp"
#include "config/values.hpp"

namespace guildhall::config {
namespace {

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

std::optional<GatewayCompression> parse_compression(std::string_view text) {
  if (text == "zstd-stream") return GatewayCompression::zstd_stream;
  if (text == "zlib-stream") return GatewayCompression::zlib_stream;
  if (text == "none") return GatewayCompression::none;
  return std::nullopt;
}

constexpr std::array options{
    Option{.name = "DISCORD_CLIENT_ID",
           .doc = "The application's id.",
           .expected = "the application's id (digits)",
           .read = [](std::string_view text,
                      Config& into) { return store(into.discord.client_id, parse_application_id(text)); },
           .need = Need::required,
           .remedy = "it is under General Information of your application at https://discord.com/developers"},
    Option{
        .name = "DISCORD_CLIENT_SECRET",
        .doc = "The application's client secret.",
        .expected = "the client secret, without white space",
        .read = [](std::string_view text, Config& into) { return store(into.discord.client_secret, parse_word(text)); },
        .visibility = Visibility::secret,
        .need = Need::required,
        .remedy = "it is under OAuth2 of your application at https://discord.com/developers"},
    Option{.name = "DISCORD_BOT_TOKEN",
           .doc = "The bot's token, from the page Bot of the application. Without one the API runs alone.",
           .expected = "the token alone, without \"Bot \" before it or other white space",
           .read = [](std::string_view text, Config& into) { return store(into.discord.bot_token, parse_word(text)); },
           .visibility = Visibility::secret},
    Option{
        .name = "DISCORD_REDIRECT_URIS",
        .doc = "Where a login may lead back to, as registered at Discord, separated by commas; unset: anywhere that "
               "Discord allows.",
        .expected = "absolute URIs without fragment, separated by commas",
        .read = [](std::string_view text,
                   Config& into) { return store(into.discord.redirect_uris, parse_list(text, parse_redirect_uri)); }},
    Option{
        .name = "DISCORD_API_URL",
        .doc = "Discord's REST API. Every other address at Discord derives from it.",
        .expected = "an http or https URL such as https://discord.com/api/v10",
        .read = [](std::string_view text, Config& into) { return store(into.discord.api_url, parse_http_url(text)); },
        .fallback = "https://discord.com/api/v10"},
    Option{.name = "DISCORD_AUTHORIZE_URL",
           .doc = "The page where people log in; unset: /oauth2/authorize where DISCORD_API_URL is, "
                  "https://discord.com/oauth2/authorize.",
           .expected = "an http or https URL such as https://discord.com/oauth2/authorize",
           .read = [](std::string_view text,
                      Config& into) { return store(into.discord.authorize_url, parse_http_url(text)); }},
    Option{.name = "DISCORD_REQUESTS_PER_SECOND",
           .doc = "The application's global rate limit: 50, unless Discord has raised it for a large bot.",
           .expected = "a number from 1 to 10000",
           .read =
               [](std::string_view text, Config& into) {
                 return store(into.discord.requests_per_second, parse_number<unsigned>(text, 1, 10000));
               },
           .fallback = "50"},
    Option{.name = "SHARDS",
           .doc = "How many shards the bot runs; auto: as many as Discord recommends.",
           .expected = "`auto` or a number from 1 to 16384",
           .read = [](std::string_view text, Config& into) { return store(into.discord.shards, parse_shards(text)); },
           .fallback = "auto"},
    Option{.name = "GATEWAY_COMPRESSION",
           .doc = "How the gateway's traffic is compressed: zstd-stream, zlib-stream or none.",
           .expected = "`zstd-stream`, `zlib-stream` or `none`",
           .read = [](std::string_view text,
                      Config& into) { return store(into.discord.compression, parse_compression(text)); },
           .fallback = "zstd-stream"},
};

}  // namespace

std::string default_authorize_url(std::string_view api_url) { return origin_of(api_url) + "/oauth2/authorize"; }

Section discord_section() { return {"discord", "Discord", options}; }

}  // namespace guildhall::config
