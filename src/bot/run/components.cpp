#include "bot/run/components.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <utility>

#include "base/stacktrace/stack_trace.hpp"
#include "bot/run/component_run.hpp"
#include "bot/run/run_report.hpp"
#include "bot/run/user_messages.hpp"
#include "database/errors.hpp"
#include "database/models/command_repository.hpp"
#include "discord/rest/discord_api.hpp"

namespace guildhall::bot {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

/// People and guilds whose cooldowns are remembered.
constexpr std::size_t remembered = 20'000;
constexpr int channel_message = 4;  // Interaction Callback Type
constexpr int ephemeral = 1 << 6;   // Message Flag
/// Of Discord's three seconds, those that pass before it is told that an answer follows, with what that takes left.
constexpr std::chrono::milliseconds latest_deferral{2200};
/// Discord: reference, Snowflakes: milliseconds since 2015, above 22 other bits.
constexpr base::Timestamp discord_epoch{std::chrono::milliseconds(1'420'070'400'000)};

base::Timestamp time_of(discord::InteractionId id) {
  return discord_epoch + std::chrono::milliseconds(static_cast<std::int64_t>(id.value() >> 22U));
}

}  // namespace

Components::Components(Parts parts)
    : parts_(std::move(parts)),
      person_cooldown_(parts_.options.per_person, remembered),
      guild_cooldown_(parts_.options.per_guild, remembered),
      responses_(parts_.options.response_cache),
      idle_(parts_.home, asio::steady_timer::time_point::max()) {}

void Components::on_component(discord::ComponentInteraction interaction, discord::EventPosition place) {
  if (running_ >= parts_.options.at_once) return parts_.counters.count(ComponentOutcome::dropped);
  ++running_;
  parts_.counters.components_running = running_;
  unanswered_.insert(place);
  asio::co_spawn(parts_.home, serve(std::move(interaction), place), asio::detached);
}

std::optional<std::uint64_t> Components::first_unanswered(unsigned shard) const {
  const auto first = unanswered_.lower_bound({shard, 0});
  if (first == unanswered_.end() || first->shard != shard) return std::nullopt;
  return first->sequence;
}

net::Task<> Components::finished(std::chrono::milliseconds limit) {
  if (running_ == 0) co_return;
  idle_.expires_after(limit);
  boost::system::error_code cancelled;
  co_await idle_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

net::Task<> Components::serve(discord::ComponentInteraction interaction, discord::EventPosition place) {
  try {
    auto using_it = use(std::move(interaction), place);
    co_await std::move(using_it);
  } catch (const std::exception& exception) {
    parts_.counters.count(ComponentOutcome::script_failed);
    parts_.log.error("The use of a component failed", {{"reason", exception.what()}},
                     base::StackTrace::of(std::current_exception()));
  }
  unanswered_.erase(place);
  --running_;
  parts_.counters.components_running = running_;
  if (running_ == 0) idle_.cancel();
}

net::Task<> Components::use(discord::ComponentInteraction interaction, discord::EventPosition place) {
  Finding finding = ComponentOutcome::database_away;
  try {
    auto searching = find(interaction);
    finding = co_await std::move(searching);
  } catch (const database::Unavailable&) {
  }
  if (const auto* const outcome = std::get_if<ComponentOutcome>(&finding)) {
    auto refusing = refuse(interaction, *outcome);
    co_await std::move(refusing);
    co_return;
  }
  auto running = run(std::move(interaction), std::move(std::get<Found>(finding)), place);
  co_await std::move(running);
}

net::Task<Components::Finding> Components::find(const discord::ComponentInteraction& interaction) {
  if (!interaction.guild) co_return ComponentOutcome::unknown_id;
  auto id = parts_.ids.verify(*interaction.guild, interaction.custom_id);
  if (!id) co_return ComponentOutcome::unknown_id;
  if (const auto refused = judge(*id, interaction.user, *interaction.guild)) co_return *refused;
  auto finding = parts_.commands.find(*interaction.guild, id->claims.command);
  auto command = co_await std::move(finding);
  if (!command) co_return ComponentOutcome::unknown_command;
  auto components = rows_of(*command);
  auto custom_id = id->hash ? components->find(*id->hash) : std::optional(id->custom_id);
  if (!custom_id) co_return ComponentOutcome::outdated;
  if (!command->interaction) co_return ComponentOutcome::no_script;
  co_return Found{std::move(*id), std::move(*custom_id), std::move(command), std::move(components)};
}

std::optional<ComponentOutcome> Components::judge(const VerifiedId& id, base::UserId user, base::GuildId guild) {
  const auto now = std::chrono::steady_clock::now();
  if (!person_cooldown_.take(user.value(), now) || !guild_cooldown_.take(guild.value(), now)) {
    return ComponentOutcome::cooled_down;
  }
  if (id.claims.caller && *id.claims.caller != user) return ComponentOutcome::wrong_caller;
  if (id.claims.expires && *id.claims.expires <= parts_.clock.now()) return ComponentOutcome::expired;
  return std::nullopt;
}

std::shared_ptr<const ComponentRows> Components::rows_of(const database::Command& command) {
  auto response = responses_.find(command.id, command.revision);
  if (!response) {
    auto parsed = Response::parse(command.response);
    // Somebody edited the row; messages that were sent before go on.
    if (!parsed) return std::make_shared<const ComponentRows>();
    response = std::make_shared<const Response>(std::move(*parsed));
    responses_.put(command.id, command.revision, response);
  }
  return {response, &response->components()};
}

net::Task<> Components::refuse(const discord::ComponentInteraction& interaction, ComponentOutcome outcome) {
  parts_.counters.count(outcome);
  json::object message{{"content", words_for(outcome, interaction.component_type)},
                       {"flags", ephemeral},
                       {"allowed_mentions", json::object{{"parse", json::array{}}}}};
  json::object response{{"type", channel_message}, {"data", std::move(message)}};
  auto responding = parts_.api.respond_to_interaction(interaction.id, interaction.token, std::move(response));
  const auto responded = co_await std::move(responding);
  if (responded) co_return;
  parts_.log.warn("A component's use could not be answered",
                  {{"outcome", to_string(outcome)}, {"reason", responded.error().message}});
}

net::Task<> Components::run(discord::ComponentInteraction interaction, Found found, discord::EventPosition place) {
  const auto& claims = found.id.claims;
  RunReport report{claims.guild,           claims.command,  claims.revision,
                   found.command->trigger, found.custom_id, interaction.user};
  ScriptMessages messages(parts_.ids, claims.guild, found.components);
  vm::ScriptRun script{claims.guild, *found.command->interaction,
                       messages.read_interaction(std::move(interaction.event), found.custom_id)};
  const ComponentOrigin origin{claims.guild,     claims.command, found.command->revision,
                               interaction.user, claims.call,    parts_.clock.now()};
  const auto world = std::make_shared<ComponentRun>(ComponentRun::Parts{
      parts_.home, parts_.api, parts_.counters, parts_.clock, interaction.id, interaction.application,
      interaction.token, origin, std::move(messages), [this, place] { unanswered_.erase(place); }});
  world->defer_after(patience(interaction.id));
  if (claims.call) {
    auto reading = parts_.calls.args(claims.command, *claims.call);
    script.args = co_await std::move(reading);
  }
  auto running = parts_.scripts.run(std::move(script), world);
  report.outcome = co_await std::move(running);
  auto ending =
      report.outcome.ok() ? world->acknowledge() : world->tell(words_for(report.outcome, interaction.component_type));
  const auto ended = co_await std::move(ending);
  if (!ended) {
    parts_.log.warn("A script's end could not be told to Discord",
                    {{"guild", report.guild}, {"command", report.command}, {"reason", ended.error().message}});
  }
  report.console = world->take_console();
  if (!world->too_late()) co_return tell_of(report, place.shard);
  parts_.counters.count(ComponentOutcome::too_late);
  parts_.log.info("A component was used too long ago to be answered",
                  {{"guild", report.guild}, {"command", report.command}});
}

void Components::tell_of(const RunReport& report, unsigned shard) {
  count(report.outcome);
  write_to_log(report, parts_.log);
  if (!report.is_worth_telling() || !parts_.events.dispatch.has_listeners()) return;
  parts_.events.dispatch.publish({"SCRIPT_RUN", shard, report.guild, event_of(report)});
}

/// Discord counts from the click; where the clocks disagree, from now.
std::chrono::milliseconds Components::patience(discord::InteractionId interaction) const {
  using std::chrono::milliseconds;
  const auto age = parts_.clock.now() - time_of(interaction);
  const bool believable = age >= milliseconds(0) && age < std::chrono::seconds(3);
  if (!believable) return parts_.options.defer_after;
  return std::clamp(latest_deferral - age, milliseconds(0), parts_.options.defer_after);
}

void Components::count(const vm::Outcome& outcome) {
  switch (outcome.ending) {
    case vm::Ending::completed: return parts_.counters.count(ComponentOutcome::completed);
    case vm::Ending::busy: return parts_.counters.count(ComponentOutcome::busy);
    case vm::Ending::unavailable: return parts_.counters.count(ComponentOutcome::scripts_off);
    default: return parts_.counters.count(ComponentOutcome::script_failed);
  }
}

}  // namespace guildhall::bot
