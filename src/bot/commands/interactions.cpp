#include "bot/commands/interactions.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <optional>

#include "base/stacktrace/stack_trace.hpp"
#include "bot/commands/registry.hpp"
#include "database/errors.hpp"
#include "discord/rest/discord_api.hpp"

namespace guildhall::bot {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

// Interaction Callback Types
constexpr int channel_message = 4;
constexpr int deferred_channel_message = 5;
constexpr int ephemeral = 1 << 6;  // Message Flags

/// Slash commands that are run at the same time; more would be answered too late anyway.
constexpr std::size_t most_running = 1000;
/// For a command to end after Discord was told that its answer follows.
constexpr std::chrono::seconds work_limit{60};

json::object text(std::string_view content) { return {{"content", content}}; }

/// Discord shows commands of former versions for a while.
net::Task<json::object> say_that_it_is_gone(SlashContext, discord::SlashInteraction) {
  co_return text("The bot does not have this command any more.");
}

int flags_for(Audience audience) { return audience == Audience::only_the_user ? ephemeral : 0; }

/// Waits until the timer is cancelled or its time has come.
net::Task<> wait_for(asio::steady_timer& timer) {
  boost::system::error_code cancelled;
  co_await timer.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

}  // namespace

struct Interactions::Outcome {
  explicit Outcome(const net::Executor& executor) : arrived(executor) {}
  asio::steady_timer arrived;
  std::optional<json::object> message;
};

Interactions::Interactions(net::Executor home, discord::DiscordApi& api, SlashContext context, BotCounters& counters,
                           base::Log log, std::chrono::milliseconds defer_after)
    : home_(std::move(home)),
      api_(api),
      context_(context),
      counters_(counters),
      log_(std::move(log)),
      defer_after_(defer_after),
      idle_(home_, asio::steady_timer::time_point::max()) {}

void Interactions::on_slash_command(discord::SlashInteraction interaction) {
  ++counters_.interactions;
  if (running_ >= most_running) {
    ++counters_.interactions_failed;
    return;
  }
  ++running_;
  asio::co_spawn(home_, serve(std::move(interaction)), asio::detached);
}

net::Task<> Interactions::finished(std::chrono::milliseconds limit) {
  if (running_ == 0) co_return;
  idle_.expires_after(limit);
  co_await wait_for(idle_);
}

net::Task<> Interactions::serve(discord::SlashInteraction interaction) {
  static const SlashCommand gone{"", Audience::only_the_user, nullptr, &say_that_it_is_gone};
  const auto* command = find_slash_command(interaction.command);
  auto answering = answer(interaction, command == nullptr ? gone : *command);
  const auto answered = co_await std::move(answering);
  if (!answered) {
    ++counters_.interactions_failed;
    log_.warn("A slash command could not be answered",
              {{"command", interaction.command}, {"reason", answered.error().message}});
  }
  --running_;
  if (running_ == 0) idle_.cancel();
}

net::Task<base::Result<void>> Interactions::answer(const discord::SlashInteraction& interaction,
                                                   const SlashCommand& command) {
  const auto outcome = std::make_shared<Outcome>(home_);
  outcome->arrived.expires_after(defer_after_);
  asio::co_spawn(home_, work(outcome, command, interaction), asio::detached);
  if (!outcome->message) co_await wait_for(outcome->arrived);

  const int flags = flags_for(command.audience);
  if (outcome->message) {
    (*outcome->message)["flags"] = flags;
    json::object response{{"type", channel_message}, {"data", std::move(*outcome->message)}};
    auto responding = api_.respond_to_interaction(interaction.id, interaction.token, std::move(response));
    co_return co_await std::move(responding);
  }
  json::object deferring{{"type", deferred_channel_message}, {"data", json::object{{"flags", flags}}}};
  auto responding = api_.respond_to_interaction(interaction.id, interaction.token, std::move(deferring));
  const auto deferred = co_await std::move(responding);
  if (!deferred) co_return deferred;
  if (!outcome->message) {
    outcome->arrived.expires_after(work_limit);
    co_await wait_for(outcome->arrived);
  }
  auto message = outcome->message ? std::move(*outcome->message) : text("This took too long. Try again later.");
  auto editing = api_.edit_interaction_response(interaction.application, interaction.token, std::move(message), {});
  const auto edited = co_await std::move(editing);
  if (!edited) co_return edited.error();
  co_return base::Result<void>{};
}

net::Task<> Interactions::work(std::shared_ptr<Outcome> outcome, const SlashCommand& command,
                               discord::SlashInteraction interaction) {
  json::object message;
  const std::string name = interaction.command;
  try {
    auto running = command.run(context_, std::move(interaction));
    message = co_await std::move(running);
  } catch (const database::Unavailable&) {
    message = text("The bot's database is away just now. Try again in a moment.");
  } catch (const std::exception& exception) {
    message = text("Something went wrong. It has been noted.");
    log_.error("A slash command failed", {{"command", name}, {"reason", exception.what()}},
               base::StackTrace::of(std::current_exception()));
  }
  message["allowed_mentions"] = json::object{{"parse", json::array{}}};
  outcome->message = std::move(message);
  outcome->arrived.cancel();
}

}  // namespace guildhall::bot
