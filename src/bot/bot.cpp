#include "bot/bot.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <exception>
#include <string>

#include "base/failure.hpp"
#include "base/stacktrace/stack_trace.hpp"
#include "bot/commands/slash_commands.hpp"
#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"
#include "bot/match/command_index.hpp"
#include "bot/readiness.hpp"
#include "bot/run/command_invocations.hpp"
#include "bot/run/command_runner.hpp"
#include "bot/run/command_uses.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "discord/model/event_reader.hpp"
#include "domain/access.hpp"
#include "domain/guilds.hpp"
#include "net/async/task_group.hpp"

namespace guildhall::bot {
namespace {

constexpr std::chrono::seconds background_limit{2};

/// Events about a guild itself have its id at `id`, all others at `guild_id`.
std::string_view guild_id_member(std::string_view event) {
  const bool is_guild = event == "GUILD_CREATE" || event == "GUILD_UPDATE" || event == "GUILD_DELETE";
  return is_guild ? "id" : "guild_id";
}

/// The event's data without its token, which is for the bot alone.
std::string public_data(const discord::Dispatch& dispatch) {
  if (dispatch.name != "INTERACTION_CREATE" && dispatch.name != "VOICE_SERVER_UPDATE")
    return std::string(dispatch.data);
  auto event = parse_event(dispatch);
  if (!event) return "{}";
  event->erase("token");
  return boost::json::serialize(*event);
}

}  // namespace

struct Bot::Impl {
  explicit Impl(Parts parts)
      : log(parts.logger, "bot"),
        command_log(parts.logger, "command"),
        events(parts.events),
        guilds(parts.guilds, log),
        index(parts.home, parts.commands, parts.feed, log),
        ids(std::move(parts.component_keys)),
        invocations(parts.invocations, parts.clock, command_log),
        uses(parts.uses, parts.clock, command_log),
        responses(parts.response_cache),
        runner({.api = parts.api,
                .commands = parts.commands,
                .ids = ids,
                .invocations = invocations,
                .uses = uses,
                .responses = responses,
                .cache = parts.cache,
                .events = parts.events,
                .counters = counters,
                .clock = parts.clock,
                .log = command_log,
                .per_user = parts.messages.per_user,
                .per_guild = parts.messages.per_guild}),
        messages({.home = parts.home,
                  .index = index,
                  .runner = runner,
                  .unhandled = unhandled,
                  .cache = parts.cache,
                  .counters = counters,
                  .log = command_log,
                  .options = parts.messages}),
        components({.home = parts.home,
                    .api = parts.api,
                    .commands = parts.commands,
                    .run_script = std::move(parts.run_script),
                    .ids = ids,
                    .invocations = invocations,
                    .uses = uses,
                    .responses = responses,
                    .events = parts.events,
                    .unhandled = unhandled,
                    .counters = counters,
                    .clock = parts.clock,
                    .log = base::Log(parts.logger, "scripts"),
                    .options = parts.components}),
        access(parts.guilds),
        guild_settings(parts.guilds),
        slash_commands(parts.home, parts.api,
                       {.guilds = parts.guilds,
                        .commands = parts.commands,
                        .access = access,
                        .guild_settings = guild_settings,
                        .message_commands = parts.messages.enabled,
                        .prefixes = parts.messages.prefixes},
                       counters, command_log),
        readiness({.api = parts.api,
                   .events = parts.events,
                   .cache = parts.cache,
                   .guilds = parts.guilds,
                   .log = log,
                   .application = parts.application,
                   .identified = [&cache = parts.cache](base::UserId bot) { cache.set_bot(bot); }}),
        context{.reader = reader,
                .cache = parts.cache,
                .guilds = guilds,
                .messages = messages,
                .components = components,
                .slash_commands = slash_commands,
                .readiness = readiness},
        background(parts.home, [this](const std::exception_ptr& failure) { report(failure); }) {
    // Until Discord says otherwise: the ids of bot user and application are equal, except for very old bots.
    parts.cache.set_bot(base::UserId{parts.application.value()});
  }

  void report(const std::exception_ptr& failure) const {
    log.error("A background task of the bot failed", {{"reason", base::describe(failure)}},
              base::StackTrace::of(failure));
  }

  void publish(const discord::Dispatch& dispatch) {
    if (!events.dispatch.has_listeners()) return;
    auto guild = reader.guild_id(dispatch.data, guild_id_member(dispatch.name));
    events.dispatch.publish({std::string(dispatch.name), dispatch.shard, guild, public_data(dispatch)});
  }

  const base::Log log;
  const base::Log command_log;
  base::EventBus& events;
  BotCounters counters;
  UnhandledEvents unhandled;
  discord::EventReader reader;
  GuildTable guilds;
  CommandIndex index;
  ComponentIds ids;
  CommandInvocations invocations;
  CommandUses uses;
  ResponseCache responses;
  CommandRunner runner;
  MessageCommands messages;
  ComponentInteractions components;
  domain::Access access;
  domain::Guilds guild_settings;
  SlashCommands slash_commands;
  Readiness readiness;
  EventContext context;
  net::TaskGroup background;
};

Bot::Bot(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}
Bot::~Bot() = default;

void Bot::replace_component_keys(std::vector<base::Secret> keys) { impl_->ids.replace_keys(std::move(keys)); }

void Bot::start() {
  impl_->background.spawn(impl_->index.run());
  impl_->background.spawn(impl_->guilds.run());
  impl_->background.spawn(impl_->uses.run());
}

void Bot::on_dispatch(const discord::Dispatch& dispatch) {
  // An event must never stop the gateway.
  try {
    const auto* handler = find_event_handler(dispatch.name);
    // Who may hear of the end of a channel is known only while the cache has it.
    const bool ends_channel = dispatch.name == "CHANNEL_DELETE" || dispatch.name == "THREAD_DELETE";
    if (ends_channel) impl_->publish(dispatch);
    if (handler != nullptr) handler->handle(impl_->context, dispatch);
    if (!ends_channel) impl_->publish(dispatch);
  } catch (const std::exception&) {
    impl_->report(std::current_exception());
  }
}

void Bot::on_shards_ready(unsigned shards) { impl_->background.spawn(impl_->readiness.announce(shards)); }

std::optional<std::uint64_t> Bot::first_unhandled(unsigned shard) const { return impl_->unhandled.first(shard); }

net::Task<> Bot::drain(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  const auto left = [deadline] {
    const auto time = deadline - std::chrono::steady_clock::now();
    return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(time));
  };
  co_await impl_->messages.drain(left());
  co_await impl_->components.drain(left());
  co_await impl_->slash_commands.drain(left());
  impl_->uses.flush();
  co_await impl_->guilds.drain(left());
}

net::Task<> Bot::stop() { co_await impl_->background.stop(background_limit); }

std::string Bot::notice() const { return impl_->readiness.notice(); }

const BotCounters& Bot::counters() const { return impl_->counters; }

}  // namespace guildhall::bot
