#include "app/bot_module.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <utility>

#include "app/version.hpp"
#include "discord/model/guild.hpp"
#include "jwt/jwe.hpp"

namespace guildhall::app {
namespace {

/// Members that are asked for at the same time.
constexpr std::size_t most_asking = 100;

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

discord::Intents intents_of(const config::Bot& config) {
  using discord::Intents;
  const auto wanted = Intents::guilds | static_cast<Intents>(config.extra_intents);
  return config.message_commands ? wanted | bot::Bot::needed_intents : wanted;
}

discord::GatewayOptions gateway_options(const config::Config& config) {
  discord::GatewayOptions options;
  options.token = config.discord.bot_token;
  options.intents = intents_of(config.bot);
  options.shards = config.discord.shards;
  options.compression = compression_of(config.discord.compression);
  options.presence =
      discord::Presence{status_of(config.bot.status), discord::Presence::Activity::custom, config.bot.activity};
  // Who may manage a large guild is as good to know while they are offline.
  if (contains(options.intents, discord::Intents::guild_members)) options.large_threshold = 250;
  options.user_agent = discord::user_agent(version);
  return options;
}

bot::CustomCommandOptions custom_options(const config::Bot& config) {
  bot::CustomCommandOptions options;
  options.enabled = config.message_commands;
  return options;
}

/// Components that were sent stay good as long as their key is among those of JWT_SECRET.
std::vector<base::Secret> component_keys(const config::Jwt& config) {
  std::vector<base::Secret> keys;
  keys.reserve(config.keys.size());
  for (const auto& key : config.keys) keys.push_back(jwt::derive_key(key, "component ids"));
  return keys;
}

discord::ApplicationId application_of(const config::Discord& config) {
  return discord::ApplicationId::parse(config.client_id).value_or(discord::ApplicationId{});
}

}  // namespace

BotModule::BotModule(Parts parts)
    : home_(parts.loops.home()),
      rest_(parts.discord.rest),
      tracks_members_(contains(intents_of(parts.config.bot), discord::Intents::guild_members)),
      guilds_(cache_options(parts)),
      scripts_(parts.scripts),
      bot_({parts.loops.home(), parts.discord.rest, parts.database.guilds, parts.database.commands,
            parts.database.invocations, parts.database.database->feed(), parts.events, guilds_, parts.clock,
            parts.logger, scripts_, component_keys(parts.config.jwt), application_of(parts.config.discord),
            custom_options(parts.config.bot)}),
      gateway_(
          parts.loops.home(), gateway_options(parts.config),
          [&rest = parts.discord.rest] { return rest.gateway_bot(); }, parts.database.gateway_sessions, bot_,
          parts.clock, base::Log(parts.logger, "gateway")),
      reconciliation_({parts.discord.rest, parts.database.guilds, base::Log(parts.logger, "bot"),
                       [this] { return health().state == api::PartState::up; }}) {}

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
  co_await bot_.finished(grace);
  co_await gateway_.save_sessions();
  co_await bot_.stop();
}

api::PartHealth BotModule::health() const {
  auto health = gateway_.health();
  const bool ready = health.state == discord::GatewayHealth::State::ready;
  return {ready ? api::PartState::up : api::PartState::down, std::move(health.reason)};
}

std::optional<discord::Permissions> BotModule::permissions(base::GuildId guild, base::UserId user) const {
  return guilds_.permissions(guild, user);
}

void BotModule::learn(base::GuildId guild, base::UserId user) {
  if (tracks_members_) boost::asio::co_spawn(home_, ask_for_member(guild, user), boost::asio::detached);
}

net::Task<> BotModule::ask_for_member(base::GuildId guild, base::UserId user) {
  if (asking_.size() >= most_asking || !asking_.emplace(guild, user).second) co_return;
  const auto ticket = guilds_.ticket(guild);
  auto asking = rest_.guild_member(guild, user);
  const auto member = co_await std::move(asking);
  // Where Discord does not say, people's own lists go on to decide.
  if (member) guilds_.remember(guild, *member, ticket);
  asking_.erase({guild, user});
}

}  // namespace guildhall::app
