#include "bot/commands/slash_commands.hpp"

#include <boost/json/array.hpp>
#include <optional>

#include "base/stacktrace/stack_trace.hpp"
#include "bot/commands/registry.hpp"
#include "bot/run/command_report.hpp"
#include "database/errors.hpp"
#include "discord/interaction/callback.hpp"
#include "discord/rest/discord_api.hpp"
#include "discord/rest/errors.hpp"
#include "net/async/event.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {
namespace {

namespace json = boost::json;
using discord::CallbackType;

/// Beyond, responses would come too late anyway.
constexpr std::size_t max_in_flight = 1000;
/// For a command whose response has been deferred.
constexpr std::chrono::seconds command_timeout{60};

json::object text(std::string_view content) { return {{"content", content}}; }

/// Discord goes on showing removed commands for a while.
net::Task<json::object> report_removed(SlashContext, discord::SlashInteraction) {
  co_return text("The bot no longer has this command.");
}

std::int64_t flags_for(Audience audience) { return audience == Audience::only_the_user ? discord::ephemeral_flag : 0; }

}  // namespace

struct SlashCommands::PendingResponse {
  net::Event ready;
  json::object message;  ///< Once it is ready.
};

SlashCommands::SlashCommands(net::Executor home, discord::DiscordApi& api, SlashContext context, BotCounters& counters,
                             base::Log log, std::chrono::milliseconds defer_after)
    : home_(std::move(home)),
      api_(api),
      context_(context),
      counters_(counters),
      log_(std::move(log)),
      defer_after_(defer_after) {}

void SlashCommands::on_slash_command(discord::SlashInteraction interaction) {
  ++counters_.interactions;
  if (in_flight_.in_flight() >= max_in_flight) {
    ++counters_.interactions_failed;
    return;
  }
  net::spawn(home_, serve(std::move(interaction), *in_flight_.enter()));
}

net::Task<> SlashCommands::serve(discord::SlashInteraction interaction, net::Gate::Holder) {
  static const SlashCommand removed{"", Audience::only_the_user, nullptr, &report_removed};
  const auto* const found = find_slash_command(interaction.command);
  const auto& command = found == nullptr ? removed : *found;
  const auto responded = co_await respond(interaction, command);
  if (responded) co_return;
  ++counters_.interactions_failed;
  log_.warn("Cannot respond to a slash command",
            {{"command", interaction.command}, {"reason", responded.error().message}});
}

net::Task<base::Result<void>> SlashCommands::respond(const discord::SlashInteraction& interaction,
                                                     const SlashCommand& command) {
  const auto response = std::make_shared<PendingResponse>();
  net::spawn(home_, run(response, command, interaction));
  const auto flags = flags_for(command.audience);
  if (co_await response->ready.wait_for(defer_after_)) {
    response->message["flags"] = flags;
    auto answering = answer(interaction, ResponseKind::initial, std::move(response->message));
    co_return co_await std::move(answering);
  }
  auto body = discord::callback_body(CallbackType::deferred_channel_message, json::object{{"flags", flags}});
  const auto deferred = co_await api_.respond_to_interaction(interaction.id, interaction.token, std::move(body));
  if (!deferred) co_return deferred;
  const bool ready = co_await response->ready.wait_for(command_timeout);
  auto message = ready ? std::move(response->message) : text("This took too long. Try again later.");
  auto answering = answer(interaction, ResponseKind::deferred, std::move(message));
  co_return co_await std::move(answering);
}

net::Task<base::Result<void>> SlashCommands::answer(const discord::SlashInteraction& interaction, ResponseKind kind,
                                                    json::object message) {
  auto substitute = text("Discord rejected the bot's answer. The reason is in the bot's log.");
  for (const auto* member : {"flags", "allowed_mentions"}) {
    if (const auto* value = message.if_contains(member)) substitute[member] = *value;
  }
  discord::RefusedParts left_out;
  auto sent = co_await send(interaction, kind, std::move(message), left_out);
  if (!sent && discord::discord_code(sent.error()) == discord::ErrorCode::invalid_form_body) {
    log_.warn("Discord refuses the response to a slash command",
              {{"command", interaction.command}, {"reason", sent.error().message}});
    left_out.clear();
    sent = co_await send(interaction, kind, std::move(substitute), left_out);
  }
  if (sent && !left_out.empty()) {
    log_.warn("Parts of the response to a slash command were left out, because Discord refuses them",
              {{"command", interaction.command}, {"parts", list_parts(left_out)}});
  }
  co_return sent;
}

net::Task<base::Result<void>> SlashCommands::send(const discord::SlashInteraction& interaction, ResponseKind kind,
                                                  json::object message, discord::RefusedParts& left_out) {
  if (kind == ResponseKind::initial) {
    auto body = discord::callback_body(CallbackType::channel_message, std::move(message));
    co_return co_await api_.respond_to_interaction(interaction.id, interaction.token, std::move(body), &left_out);
  }
  auto editing =
      api_.edit_interaction_response(interaction.application, interaction.token, std::move(message), {}, &left_out);
  const auto edited = co_await std::move(editing);
  if (!edited) co_return edited.error();
  co_return base::Result<void>{};
}

net::Task<> SlashCommands::run(std::shared_ptr<PendingResponse> response, const SlashCommand& command,
                               discord::SlashInteraction interaction) {
  const std::string name = interaction.command;
  try {
    response->message = co_await command.run(context_, std::move(interaction));
  } catch (const database::Unavailable&) {
    response->message = text("The bot's database is not available. Try again in a moment.");
  } catch (const std::exception& exception) {
    response->message = text("Something went wrong. The error has been logged.");
    log_.error("A slash command failed", {{"command", name}, {"reason", exception.what()}},
               base::StackTrace::of(std::current_exception()));
  }
  response->message["allowed_mentions"] = json::object{{"parse", json::array{}}};
  response->ready.set();
}

}  // namespace guildhall::bot
