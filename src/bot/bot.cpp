#include "bot/bot.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <exception>
#include <string>

#include "base/failure.hpp"
#include "base/stacktrace/stack_trace.hpp"
#include "bot/commands/interactions.hpp"
#include "bot/events/event_json.hpp"
#include "bot/events/registry.hpp"
#include "bot/guilds/guild_table.hpp"
#include "bot/match/command_index.hpp"
#include "bot/session.hpp"
#include "database/models/command_repository.hpp"
#include "database/models/guild_repository.hpp"
#include "discord/model/event_reader.hpp"
#include "domain/access.hpp"
#include "domain/guilds.hpp"
#include "net/async/task_group.hpp"

namespace guildhall::bot {
namespace {

constexpr std::chrono::seconds background_limit{2};

/// A guild's own events have its id at `id`, all others that belong to a guild at `guild_id`.
std::string_view guild_id_member(std::string_view event) {
  const bool guild_itself = event == "GUILD_CREATE" || event == "GUILD_UPDATE" || event == "GUILD_DELETE";
  return guild_itself ? "id" : "guild_id";
}

/// What others may see of the event: a token that it brings, as an interaction's, is for the bot alone.
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
        events(parts.events),
        guilds(parts.home, parts.guilds, log),
        book(parts.home, parts.commands, parts.feed, log),
        ids(std::move(parts.component_keys)),
        calls(parts.calls, parts.clock, base::Log(parts.logger, "command")),
        custom({parts.home, parts.api, book, parts.commands, ids, calls, counters, parts.clock,
                base::Log(parts.logger, "command"), parts.custom}),
        components({parts.home, parts.api, parts.commands, parts.scripts, ids, calls, parts.events, counters,
                    parts.clock, base::Log(parts.logger, "scripts"), parts.components}),
        access(parts.guilds),
        guild_settings(parts.guilds),
        interactions(parts.home, parts.api,
                     {parts.guilds, parts.commands, access, guild_settings, parts.custom.enabled}, counters,
                     base::Log(parts.logger, "command")),
        session({parts.api, parts.events, parts.cache, parts.guilds, log, parts.application}),
        context{reader, parts.cache, guilds, custom, components, interactions, session},
        background(parts.home, [this](const std::exception_ptr& failure) { report(failure); }) {}

  void report(const std::exception_ptr& failure) const {
    log.error("A task of the bot failed", {{"reason", base::describe(failure)}}, base::StackTrace::of(failure));
  }

  void tell(const discord::Dispatch& dispatch) {
    if (!events.dispatch.has_listeners()) return;
    auto guild = reader.guild_id(dispatch.data, guild_id_member(dispatch.name));
    events.dispatch.publish({std::string(dispatch.name), dispatch.shard, guild, public_data(dispatch)});
  }

  const base::Log log;
  base::EventBus& events;
  BotCounters counters;
  discord::EventReader reader;
  GuildTable guilds;
  CommandIndex book;
  const ComponentIds ids;
  CommandInvocations calls;
  CustomCommands custom;
  Components components;
  domain::Access access;
  domain::Guilds guild_settings;
  Interactions interactions;
  Session session;
  EventContext context;
  net::TaskGroup background;
};

Bot::Bot(Parts parts) : impl_(std::make_unique<Impl>(std::move(parts))) {}
Bot::~Bot() = default;

void Bot::start() {
  impl_->background.spawn(impl_->book.run());
  impl_->background.spawn(impl_->guilds.run());
}

void Bot::on_dispatch(const discord::Dispatch& dispatch) {
  // The gateway goes on whatever an event brings.
  try {
    if (const auto* handler = find_event_handler(dispatch.name)) handler->handle(impl_->context, dispatch);
    impl_->tell(dispatch);
  } catch (const std::exception&) {
    impl_->report(std::current_exception());
  }
}

void Bot::on_shards_ready(unsigned shards) { impl_->background.spawn(impl_->session.all_ready(shards)); }

std::optional<std::uint64_t> Bot::first_unhandled(unsigned shard) const {
  const auto message = impl_->custom.first_unanswered(shard);
  const auto component = impl_->components.first_unanswered(shard);
  if (message && component) return std::min(*message, *component);
  return message ? message : component;
}

net::Task<> Bot::finished(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  const auto left = [deadline] {
    const auto time = deadline - std::chrono::steady_clock::now();
    return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(time));
  };
  auto answers = impl_->custom.finished(left());
  co_await std::move(answers);
  auto components = impl_->components.finished(left());
  co_await std::move(components);
  auto interactions = impl_->interactions.finished(left());
  co_await std::move(interactions);
  auto guilds = impl_->guilds.finished(left());
  co_await std::move(guilds);
}

net::Task<> Bot::stop() { static_cast<void>(co_await impl_->background.stop(background_limit)); }

BotStats Bot::stats() const { return impl_->counters.read(); }

}  // namespace guildhall::bot
