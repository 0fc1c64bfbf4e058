#include "bot/run/command_runner.hpp"

#include "bot/match/arguments.hpp"
#include "bot/run/command_invocations.hpp"
#include "database/models/command_repository.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using discord::ErrorCode;
using std::chrono::steady_clock;

constexpr std::size_t max_forbidden_channels = 10'000;
constexpr std::chrono::seconds forbidden_pause{60};
/// A reply needs the permission Read Message History; an ordinary message does not.
constexpr auto cannot_reply = static_cast<ErrorCode>(160002);

}  // namespace

CommandRunner::CommandRunner(Parts parts)
    : parts_(std::move(parts)), limits_(parts_.per_user, parts_.per_guild), forbidden_until_(max_forbidden_channels) {}

bool CommandRunner::allow(base::UserId user, base::GuildId guild) {
  ++parts_.counters.matched;
  if (limits_.allow(user, guild)) return true;
  ++parts_.counters[CommandOutcome::cooled_down];
  return false;
}

bool CommandRunner::is_forbidden(discord::ChannelId channel) {
  const auto* const until = forbidden_until_.find(channel);
  return until != nullptr && steady_clock::now() < *until;
}

net::Task<> CommandRunner::run(const Invocation& invocation) {
  if (is_forbidden(invocation.channel)) {
    ++parts_.counters[CommandOutcome::not_permitted];
    co_return;
  }
  const auto response = co_await find_response(invocation);
  if (!response) co_return;
  auto message = render(invocation, *response);
  if (!message) {
    ++parts_.counters[CommandOutcome::empty];
    parts_.log.warn(
        "A custom command's response is empty",
        {{"guild", invocation.guild}, {"channel", invocation.channel}, {"command", invocation.match.trigger}});
    co_return;
  }
  const auto sent = co_await send(invocation, std::move(*message));
  if (sent) {
    ++parts_.counters[CommandOutcome::answered];
  } else {
    report(invocation, sent.error());
  }
}

net::Task<std::shared_ptr<const Response>> CommandRunner::find_response(const Invocation& invocation) {
  const auto& match = invocation.match;
  if (auto cached = parts_.responses.find(match.command, match.revision)) co_return cached;
  const auto command = co_await parts_.commands.find(invocation.guild, match.command);
  if (!command) co_return nullptr;  // Deleted meanwhile.
  auto response = parts_.responses.find_or_parse(*command);
  if (response) co_return std::move(*response);
  ++parts_.counters[CommandOutcome::failed];
  parts_.log.error("Discord would refuse a custom command's response",
                   {{"guild", invocation.guild}, {"command", match.trigger}, {"reason", response.error().message}});
  co_return nullptr;
}

/// Remembers the arguments if a component's script may want them.
std::optional<json::object> CommandRunner::render(const Invocation& invocation, const Response& response) {
  const auto& match = invocation.match;
  const auto arguments = split_arguments(match.arguments);
  const auto& components = response.components();
  const bool keep = components.run_scripts() && !arguments.empty();
  ComponentOrigin origin{.guild = invocation.guild,
                         .command = match.command,
                         .revision = match.revision,
                         .caller = invocation.user,
                         .now = parts_.clock.now()};
  if (keep) origin.invocation = invocation.id;
  auto message = response.render(arguments, parts_.ids, origin);
  if (message && keep) {
    parts_.invocations.keep({.id = invocation.id,
                             .command = match.command,
                             .user = invocation.user,
                             .args = {arguments.begin(), arguments.end()},
                             .lifetime = components.lifetime().value_or(CommandInvocations::retention)});
  }
  return message;
}

/// As a reply that pings nobody; as an ordinary message where a reply is not allowed. Because of the nonce Discord
/// creates one message, however often it is sent.
net::Task<base::Result<json::object>> CommandRunner::send(const Invocation& invocation, json::object message) {
  message.emplace("nonce", invocation.id.to_string());
  message.emplace("enforce_nonce", true);
  if (invocation.reply_to) {
    json::object reply = message;
    reply.emplace("message_reference",
                  json::object{{"message_id", invocation.reply_to->to_string()}, {"fail_if_not_exists", false}});
    auto sent = co_await parts_.api.create_message(invocation.channel, std::move(reply));
    if (sent || discord::discord_code(sent.error()) != cannot_reply) co_return sent;
  }
  co_return co_await parts_.api.create_message(invocation.channel, std::move(message));
}

void CommandRunner::report(const Invocation& invocation, const base::Error& error) {
  const auto code = discord::discord_code(error);
  if (code == ErrorCode::missing_permissions || code == ErrorCode::missing_access) {
    ++parts_.counters[CommandOutcome::not_permitted];
    forbidden_until_.put(invocation.channel, steady_clock::now() + forbidden_pause);
    parts_.log.warn(
        "The bot may not send messages in this channel: give it the permissions View Channel and Send Messages, and "
        "Embed Links for embeds",
        {{"guild", invocation.guild}, {"channel", invocation.channel}, {"command", invocation.match.trigger}});
    return;
  }
  ++parts_.counters[CommandOutcome::failed];
  parts_.log.warn("Cannot send the response of a custom command", {{"guild", invocation.guild},
                                                                   {"channel", invocation.channel},
                                                                   {"command", invocation.match.trigger},
                                                                   {"reason", error.message}});
}

}  // namespace guildhall::bot
