#include "bot/run/command_runner.hpp"

#include "bot/match/arguments.hpp"
#include "bot/run/command_invocations.hpp"
#include "bot/run/command_uses.hpp"
#include "bot/run/message_rights.hpp"
#include "database/models/command_repository.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using discord::ErrorCode;
using discord::Permissions;
using std::chrono::steady_clock;

constexpr std::size_t max_refused_channels = 10'000;
constexpr std::chrono::seconds refusal_pause{60};
/// A reply needs the permission Read Message History; an ordinary message does not.
constexpr auto cannot_reply = static_cast<ErrorCode>(160002);

/// Nothing of the message can be sent as text.
base::Error embeds_not_permitted() {
  base::Error error{base::Errc::forbidden, "The bot needs the permission Embed Links in this channel."};
  error.peer_code = static_cast<int>(ErrorCode::missing_permissions);
  return error;
}

}  // namespace

CommandRunner::CommandRunner(Parts parts)
    : parts_(std::move(parts)),
      limits_(parts_.per_user, parts_.per_guild),
      messages_refused_(max_refused_channels),
      embeds_refused_(max_refused_channels) {}

bool CommandRunner::allow(base::UserId user, base::GuildId guild) {
  ++parts_.counters.matched;
  if (limits_.allow(user, guild)) return true;
  ++parts_.counters[CommandOutcome::cooled_down];
  return false;
}

bool CommandRunner::is_refused(Refusals& refusals, const Invocation& invocation) const {
  const auto* const refusal = refusals.find(invocation.channel);
  return refusal != nullptr && steady_clock::now() < refusal->until &&
         refusal->version == parts_.cache.version(invocation.guild);
}

void CommandRunner::remember(Refusals& refusals, const Invocation& invocation) const {
  refusals.put(invocation.channel, {steady_clock::now() + refusal_pause, parts_.cache.version(invocation.guild)});
}

net::Task<> CommandRunner::run(const Invocation& invocation) {
  const auto& match = invocation.match;
  CommandReport report{.guild = invocation.guild,
                       .channel = invocation.channel,
                       .command = match.command,
                       .trigger = std::string(match.trigger),
                       .user = invocation.user};
  const auto rights = parts_.cache.bot_permissions(invocation.guild, invocation.channel);
  if (rights) report.missing_permissions = missing_names(needed_for_text(rights->thread), rights->permissions);
  const bool refused = is_refused(messages_refused_, invocation);
  if (!report.missing_permissions.empty() || refused) co_return on_not_permitted(invocation, report);

  const auto response = co_await find_response(invocation);
  if (!response) co_return;
  auto message = render(invocation, *response);
  if (!message) {
    parts_.log.warn(
        "A custom command's response is empty",
        {{"guild", invocation.guild}, {"channel", invocation.channel}, {"command", invocation.match.trigger}});
    report.reason = "The response is empty.";
    co_return finish(invocation, report, CommandOutcome::empty);
  }
  const auto sent = co_await send(invocation, rights, std::move(*message), report);
  if (!sent) co_return on_failed(invocation, sent.error(), report);
  if (!report.left_out.empty()) {
    report.add_reason("Discord refused parts of the response, which were left out.");
    parts_.log.warn("Parts of a custom command's response were left out, because Discord refuses them",
                    {{"guild", invocation.guild},
                     {"channel", invocation.channel},
                     {"command", match.trigger},
                     {"parts", list_parts(report.left_out)}});
  }
  finish(invocation, report, CommandOutcome::answered);
}

net::Task<std::shared_ptr<const Response>> CommandRunner::find_response(const Invocation& invocation) {
  const auto& match = invocation.match;
  if (auto cached = parts_.responses.find(match.command, match.revision)) co_return cached;
  const auto command = co_await parts_.commands.find(invocation.guild, match.command);
  if (!command || !command->enabled) co_return nullptr;  // Deleted or switched off meanwhile.
  auto response = parts_.responses.find_or_parse(*command);
  if (response) co_return std::move(*response);
  ++parts_.counters[CommandOutcome::failed];
  parts_.uses.add_failed(invocation.guild, match.command, response.error().message);
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
  const auto user = invocation.user.to_string();
  const PlaceholderValues values{.arguments = arguments,
                                 .user_id = user,
                                 .user_name = invocation.face.name,
                                 .user_avatar = invocation.face.avatar_url};
  auto message = response.render(values, parts_.ids, origin);
  if (message && keep) {
    parts_.invocations.keep({.id = invocation.id,
                             .command = match.command,
                             .user = invocation.user,
                             .args = {arguments.begin(), arguments.end()},
                             .lifetime = components.lifetime().value_or(CommandInvocations::retention)});
  }
  return message;
}

/// Embeds become text where the bot may not send them.
net::Task<base::Result<void>> CommandRunner::send(const Invocation& invocation, Rights rights, json::object message,
                                                  CommandReport& report) {
  message.emplace("nonce", invocation.id.to_string());
  message.emplace("enforce_nonce", true);
  const Permissions embed_links(Permissions::embed_links);
  if (has_embeds(message)) {
    const bool no_embeds = (rights && !rights->permissions.has(embed_links)) || is_refused(embeds_refused_, invocation);
    if (!no_embeds) {
      const auto sent = co_await create(invocation, rights, message, report);
      if (sent || discord::discord_code(sent.error()) != ErrorCode::missing_permissions) co_return sent;
      report.left_out.clear();
      remember(embeds_refused_, invocation);
    }
    report.missing_permissions = missing_names(embed_links, {});
    report.reason = "The bot needs the permission Embed Links in this channel. The embeds were sent as text.";
    auto text = with_embeds_as_text(std::move(message));
    if (!text) co_return embeds_not_permitted();
    message = std::move(*text);
  }
  const auto sent = co_await create(invocation, rights, message, report);
  // Refused as text too: Embed Links is not what is missing.
  if (!sent) report.missing_permissions.clear();
  co_return sent;
}

/// As a reply that pings nobody; as an ordinary message where a reply is not allowed. Because of the nonce Discord
/// creates one message, however often it is sent.
net::Task<base::Result<void>> CommandRunner::create(const Invocation& invocation, Rights rights,
                                                    const json::object& message, CommandReport& report) {
  const bool no_history = rights && !rights->permissions.has(Permissions(Permissions::read_message_history));
  std::optional<base::Result<json::object>> sent;
  if (invocation.reply_to && !no_history) {
    json::object reply = message;
    reply.emplace("message_reference",
                  json::object{{"message_id", invocation.reply_to->to_string()}, {"fail_if_not_exists", false}});
    sent = co_await parts_.api.create_message(invocation.channel, std::move(reply), &report.left_out);
    if (!*sent && discord::discord_code(sent->error()) == cannot_reply) {
      sent.reset();
      report.left_out.clear();
    }
  }
  if (!sent) sent = co_await parts_.api.create_message(invocation.channel, message, &report.left_out);
  if (!*sent) co_return sent->error();
  check_emojis(rights, message, **sent, report);
  co_return base::Result<void>{};
}

/// Which emojis are of another guild is not known beforehand.
void CommandRunner::check_emojis(const Rights& rights, const json::object& message, const json::object& shown,
                                 CommandReport& report) {
  const Permissions needed(Permissions::use_external_emojis);
  if (!rights || rights->permissions.has(needed) || !lost_emojis(message, shown)) return;
  for (auto& name : missing_names(needed, {})) report.missing_permissions.push_back(std::move(name));
  report.add_reason(
      "The bot needs the permission Use External Emojis in this channel. Discord shows the names of the emojis.");
}

void CommandRunner::on_failed(const Invocation& invocation, const base::Error& error, CommandReport& report) {
  const auto code = discord::discord_code(error);
  if (code == ErrorCode::missing_permissions || code == ErrorCode::missing_access) {
    return on_not_permitted(invocation, report);
  }
  parts_.log.warn("Cannot send the response of a custom command", {{"guild", invocation.guild},
                                                                   {"channel", invocation.channel},
                                                                   {"command", invocation.match.trigger},
                                                                   {"reason", error.message}});
  report.reason = error.message;
  finish(invocation, report, CommandOutcome::failed);
}

/// The log says so once in a while for each channel.
void CommandRunner::on_not_permitted(const Invocation& invocation, CommandReport& report) {
  report.reason = report.missing_permissions.empty()
                      ? "Discord does not let the bot send this in this channel. It needs View Channel and Send "
                        "Messages, in threads Send Messages in Threads, and must not be timed out."
                      : "The bot needs " + list_names(report.missing_permissions) + " in this channel.";
  if (!is_refused(messages_refused_, invocation)) {
    parts_.log.warn(
        report.reason,
        {{"guild", invocation.guild}, {"channel", invocation.channel}, {"command", invocation.match.trigger}});
    // Without embeds a message may pass.
    const bool only_embeds = report.missing_permissions == missing_names(Permissions(Permissions::embed_links), {});
    if (!only_embeds) remember(messages_refused_, invocation);
  }
  finish(invocation, report, CommandOutcome::not_permitted);
}

void CommandRunner::finish(const Invocation& invocation, CommandReport& report, CommandOutcome outcome) {
  ++parts_.counters[outcome];
  report.outcome = outcome;
  if (outcome == CommandOutcome::answered) {
    parts_.uses.add(report.guild, report.command);
  } else {
    parts_.uses.add_failed(report.guild, report.command, report.reason);
  }
  publish(report, invocation.shard, parts_.events);
}

}  // namespace guildhall::bot
