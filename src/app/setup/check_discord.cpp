#include <algorithm>

#include "app/bot_module.hpp"
#include "app/setup/checks.hpp"
#include "app/setup/judge_discord.hpp"
#include "bot/commands/registry.hpp"
#include "discord/model/fields.hpp"

namespace guildhall::app {
namespace {

/// What the bot's own routes say, where its token is valid.
net::Task<Findings> check_bot(DiscordProbe& probe, const config::Config& config) {
  const std::string id = config.discord.client_id;
  const auto answer = co_await probe.get("/applications/@me");
  if (!answer) co_return Findings(1, discord_unreachable(answer.error(), config.discord));
  Findings findings;
  findings.push_back(judge_token(answer->status, answer->body, id));
  if (findings.back().verdict == Verdict::failed) co_return findings;
  const auto& application = answer->body.get_object();
  const auto flags = discord::integer_field(application, "flags").value_or(0);
  std::ranges::move(judge_intents(static_cast<std::uint64_t>(flags), intents_of(config.bot), id),
                    std::back_inserter(findings));
  findings.push_back(judge_redirects(redirects_of(application), wanted_redirects(config), id));
  const auto commands = co_await probe.get("/applications/" + id + "/commands");
  if (commands && commands->body.is_array()) {
    findings.push_back(judge_commands(commands->body.get_array(), bot::slash_command_definitions()));
  } else {
    findings.push_back(warning("discord.commands", "Discord did not list the slash commands.", "Check again later."));
  }
  const auto gateway = co_await probe.get("/gateway/bot");
  if (gateway && gateway->body.is_object()) {
    findings.push_back(judge_session_starts(gateway->body.get_object()));
  } else {
    findings.push_back(
        warning("discord.sessions", "Discord did not say how many sessions the bot may start.", "Check again later."));
  }
  co_return findings;
}

}  // namespace

net::Task<Findings> check_discord(std::shared_ptr<const Installation> installation) {
  const auto& config = installation->config;
  DiscordProbe probe(co_await boost::asio::this_coro::executor, config.discord);
  // Known to be missing or invalid already.
  if (config.discord.client_id.empty() || config.discord.client_secret.empty()) co_return Findings();
  const auto answer = co_await probe.client_credentials();
  if (!answer) co_return Findings(1, discord_unreachable(answer.error(), config.discord));
  Findings findings;
  findings.push_back(judge_client(answer->status, answer->body, config.discord.client_id));
  findings.push_back(judge_clock(answer->date, answer->at));
  if (config.discord.bot_token.empty()) {
    findings.push_back(ok("discord.token", "DISCORD_BOT_TOKEN is not set: the dashboard runs without a bot."));
    co_return findings;
  }
  auto of_bot = co_await check_bot(probe, config);
  std::ranges::move(of_bot, std::back_inserter(findings));
  co_return findings;
}

}  // namespace guildhall::app
