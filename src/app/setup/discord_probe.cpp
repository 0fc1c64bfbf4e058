#include "app/setup/discord_probe.hpp"

#include <boost/json/parse.hpp>
#include <utility>

#include "app/discord_module.hpp"
#include "app/version.hpp"
#include "discord/model/fields.hpp"
#include "discord/rest/client.hpp"
#include "net/form.hpp"

namespace guildhall::app {
namespace {

net::HttpClientOptions discord_options(const config::Discord& config) {
  auto options = probe_options();
  options.proxy = proxy_of(config);
  return options;
}

boost::json::value parse_or_null(std::string_view text) {
  boost::system::error_code malformed;
  auto value = boost::json::parse(text, malformed);
  if (malformed) return nullptr;
  return value;
}

}  // namespace

net::HttpClientOptions probe_options() {
  net::HttpClientOptions options;
  options.user_agent = discord::user_agent(version);
  options.connect_timeout = std::chrono::seconds(4);
  options.total_timeout = std::chrono::seconds(8);
  return options;
}

DiscordProbe::DiscordProbe(net::Executor executor, config::Discord config)
    : config_(std::move(config)), http_(std::move(executor), discord_options(config_)) {}

net::ClientRequest DiscordProbe::form_request(std::string path, std::string form) const {
  net::ClientRequest request;
  request.method = net::Method::post;
  request.url = config_.api_url + path;
  request.headers.add("Content-Type", "application/x-www-form-urlencoded");
  request.body = std::move(form);
  return request;
}

net::Task<base::Result<DiscordProbe::Answer>> DiscordProbe::client_credentials() {
  const net::FormFields client{{"client_id", config_.client_id},
                               {"client_secret", std::string(config_.client_secret.reveal())}};
  auto wanted = client;
  wanted.emplace_back("grant_type", "client_credentials");
  wanted.emplace_back("scope", "identify");
  auto answer = co_await send(form_request("/oauth2/token", net::encode_form(wanted)));
  if (!answer) co_return answer;
  const auto* body = answer->body.if_object();
  const auto token = body == nullptr ? std::nullopt : discord::text_field(*body, "access_token");
  if (token) {
    auto unwanted = client;
    unwanted.emplace_back("token", *token);
    [[maybe_unused]] const auto revoked =
        co_await send(form_request("/oauth2/token/revoke", net::encode_form(unwanted)));
  }
  co_return answer;
}

net::Task<base::Result<DiscordProbe::Answer>> DiscordProbe::get(std::string path) {
  net::ClientRequest request;
  request.url = config_.api_url + path;
  request.headers.add("Authorization", "Bot " + std::string(config_.bot_token.reveal()));
  return send(std::move(request));
}

net::Task<base::Result<DiscordProbe::Answer>> DiscordProbe::send(net::ClientRequest request) {
  const auto response = co_await http_.send(std::move(request));
  if (!response) co_return response.error();
  Answer answer;
  answer.status = response->status;
  answer.body = parse_or_null(response->body);
  answer.date = response->headers.find("Date").value_or("");
  answer.at = base::SystemClock().now();
  co_return answer;
}

Finding discord_unreachable(const base::Error& error, const config::Discord& config) {
  const bool proxied = !config.proxy.empty();
  return failed("discord", "Discord cannot be reached: " + error.message,
                proxied ? "Check HTTPS_PROXY, and DISCORD_API_URL if it is set."
                        : "Allow HTTPS to that host, set HTTPS_PROXY where only a proxy may connect, and check "
                          "DISCORD_API_URL if it is set.");
}

}  // namespace guildhall::app
