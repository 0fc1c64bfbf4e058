#include "app/bot_module.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <string>
#include <utility>

#include "app/purpose_keys.hpp"
#include "app/version.hpp"
#include "discord/metrics.hpp"
#include "discord/model/guild.hpp"

namespace guildhall::app {
namespace {

constexpr std::string_view component_ids_purpose = "component ids";

discord::Presence::Status status_of(config::BotStatus status) {
  switch (status) {
    case config::BotStatus::online: return discord::Presence::Status::online;
    case config::BotStatus::idle: return discord::Presence::Status::idle;
    case config::BotStatus::dnd: return discord::Presence::Status::dnd;
    case config::BotStatus::invisible: return discord::Presence::Status::invisible;
  }
  return discord::Presence::Status::online;
}

discord::GatewayCompression compression_of(config::GatewayCompression compression) {
  switch (compression) {
    case config::GatewayCompression::zstd_stream: return discord::GatewayCompression::zstd_stream;
    case config::GatewayCompression::zlib_stream: return discord::GatewayCompression::zlib_stream;
    case config::GatewayCompression::none: return discord::GatewayCompression::none;
  }
  return discord::GatewayCompression::none;
}

discord::GatewayOptions gateway_options(const config::Config& config) {
  discord::GatewayOptions options;
  options.token = config.discord.bot_token;
  options.intents = intents_of(config.bot);
  options.shards = config.discord.shards;
  options.compression = compression_of(config.discord.compression);
  options.presence =
      discord::Presence{status_of(config.bot.status), discord::Presence::Activity::custom, config.bot.activity};
  // Large guilds then list offline members too, who may be managers.
  if (contains(options.intents, discord::Intents::guild_members)) options.large_threshold = 250;
  options.user_agent = discord::user_agent(version);
  options.proxy = proxy_of(config.discord);
  return options;
}

discord::ApplicationId application_of(const config::Discord& config) {
  return discord::ApplicationId::parse(config.client_id).value_or(discord::ApplicationId{});
}

vm::DescribeGuild describe_from(const discord::GuildCache& cache) {
  return [&cache](base::GuildId id) {
    const auto guild = cache.description(id);
    if (!guild) return boost::json::object();
    boost::json::array roles;
    for (const auto& role : guild->roles) {
      roles.push_back({{"id", role.id.to_string()},
                       {"name", role.name},
                       {"color", role.color},
                       {"position", role.position},
                       {"permissions", std::to_string(role.permissions.bits())},
                       {"hoist", role.hoist},
                       {"managed", role.managed},
                       {"mentionable", role.mentionable}});
    }
    boost::json::object description{{"name", guild->name},
                                    {"icon", nullptr},
                                    {"owner_id", guild->owner.to_string()},
                                    {"member_count", guild->member_count},
                                    {"roles", boost::json::serialize(roles)}};
    if (guild->icon) description["icon"] = *guild->icon;
    return description;
  };
}

}  // namespace

discord::Intents intents_of(const config::Bot& config) {
  using discord::Intents;
  const auto wanted = Intents::guilds | static_cast<Intents>(config.extra_intents);
  switch (config.message_commands) {
    case config::MessageCommands::on: return wanted | bot::Bot::prefix_intents;
    case config::MessageCommands::mentions: return wanted | bot::Bot::mention_intents;
    case config::MessageCommands::off: break;
  }
  return wanted;
}

BotModule::BotModule(Parts parts)
    : tracks_members_(contains(intents_of(parts.config.bot), discord::Intents::guild_members)),
      guilds_(cache_options(parts)),
      members_(parts.loops.home(), guilds_,
               [&rest = parts.discord.rest](base::GuildId guild, base::UserId user) {
                 return rest.guild_member(guild, user);
               }),
      bot_({.home = parts.loops.home(),
            .api = parts.discord.rest,
            .guilds = parts.database.guilds,
            .commands = parts.database.commands,
            .invocations = parts.database.invocations,
            .uses = parts.database.uses,
            .feed = parts.database.database->feed(),
            .events = parts.events,
            .cache = guilds_,
            .clock = parts.clock,
            .logger = parts.logger,
            .run_script =
                [&host = parts.scripts](vm::ScriptRun run, std::shared_ptr<vm::HostCalls> calls) {
                  return host.run(std::move(run), std::move(calls));
                },
            .component_keys = keys_for(parts.config.jwt, component_ids_purpose),
            .application = application_of(parts.config.discord),
            .messages = {.enabled = parts.config.bot.message_commands != config::MessageCommands::off,
                         .prefixes = parts.config.bot.message_commands == config::MessageCommands::on}}),
      gateway_(
          parts.loops.home(), gateway_options(parts.config),
          [&rest = parts.discord.rest] { return rest.gateway_bot(); }, parts.database.gateway_sessions, bot_,
          parts.clock, base::Log(parts.logger, "gateway")),
      reconciliation_({.rest = parts.discord.rest,
                       .guilds = parts.database.guilds,
                       .log = base::Log(parts.logger, "bot"),
                       .gateway_is_ready = [this] { return health().state == api::PartState::up; }}) {
  parts.scripts.describe_guilds_with(describe_from(guilds_));
}

discord::GuildCache::Options BotModule::cache_options(const Parts& parts) {
  discord::GuildCache::Options options;
  options.tracks_members = tracks_members_;
  options.connected = [this](unsigned shard) { return gateway_.shard_ready(shard); };
  options.on_rights_changed = [&rights = parts.events.rights](base::GuildId guild, std::optional<base::UserId> user) {
    rights.publish({guild, user});
  };
  return options;
}

void BotModule::start(net::TaskGroup& tasks) {
  bot_.start();
  tasks.spawn(gateway_.run());
  tasks.spawn(reconciliation_.run());
}

net::Task<> BotModule::stop(std::chrono::milliseconds grace) {
  co_await gateway_.stop();
  co_await bot_.drain(grace);
  co_await gateway_.save_sessions();
  co_await bot_.stop();
}

void BotModule::replace_keys(const config::Jwt& jwt) {
  bot_.replace_component_keys(keys_for(jwt, component_ids_purpose));
}

std::pair<std::size_t, std::size_t> BotModule::ready_shards() const {
  const auto shards = gateway_.stats().shards;
  const auto ready = std::ranges::count(shards, discord::ShardState::ready, &discord::GatewayStats::Shard::state);
  return {static_cast<std::size_t>(ready), shards.size()};
}

api::PartHealth BotModule::health() const {
  auto health = gateway_.health();
  const bool ready = health.state == discord::GatewayHealth::State::ready;
  if (ready) return {api::PartState::up, bot_.notice()};
  return {api::PartState::down, std::move(health.reason)};
}

void BotModule::look_up_member(base::GuildId guild, base::UserId user) {
  if (tracks_members_) members_.start(guild, user);
}

base::MetricFamilies BotModule::metrics() const {
  auto families = discord::metrics(gateway_);
  std::ranges::move(discord::metrics(guilds_), std::back_inserter(families));
  std::ranges::move(bot_.counters().metrics(), std::back_inserter(families));
  return families;
}

}  // namespace guildhall::app
