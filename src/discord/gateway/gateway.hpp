#pragma once

#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/session_store.hpp"
#include "discord/gateway/stats.hpp"
#include "discord/model/gateway_bot.hpp"
#include "net/task.hpp"

namespace guildhall::discord {

/// The bot's connections to Discord's gateway (v10, JSON), one for each shard. They are kept up until `stop`: sessions
/// are resumed wherever Discord allows, also after the program was restarted, and new ones are started no faster than
/// it allows and much more rarely than would cost the bot its token.
///
/// Members are called on the event loop given, but for those that say any thread.
class Gateway {
 public:
  /// `GET /gateway/bot`.
  using FetchGatewayBot = std::function<net::Task<base::Result<GatewayBot>>()>;

  /// What is given by reference outlives the gateway.
  Gateway(net::Executor home, GatewayOptions options, FetchGatewayBot fetch, GatewaySessionStore& store,
          GatewayListener& listener, const base::Clock& clock, base::Log log);
  ~Gateway();
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  /// Connects and stays connected; returns after `stop`. Where Discord refuses the bot for good, the log and `health`
  /// say what to do, and this goes on to wait for `stop`.
  [[nodiscard]] net::Task<> run();

  /// Closes all connections in such a way that their sessions can be resumed. Nothing is dispatched from the call on.
  [[nodiscard]] net::Task<> stop();

  /// After `stop`, once all that was dispatched has been handled: saves the sessions as they are, so that the next
  /// start goes on where this one ended. Without it, the events of the last seconds come again then.
  [[nodiscard]] net::Task<> save_sessions();

  /// Shown from now on, also by sessions that are started later.
  void set_presence(const Presence& presence);

  /// Asks for members; GUILD_MEMBERS_CHUNK brings them. Errc::unavailable while too much waits to be sent or before the
  /// number of shards is known, Errc::invalid where Discord would refuse the request.
  [[nodiscard]] base::Result<void> request_members(const MembersWanted& wanted);

  /// Which shard a guild's events come from; any thread. Zero until the number of shards is known.
  [[nodiscard]] unsigned guild_shard(base::GuildId guild) const;

  /// Whether the shard's events come as they happen; any thread.
  [[nodiscard]] bool shard_ready(unsigned shard) const;

  /// Any thread.
  [[nodiscard]] GatewayHealth health() const;
  /// Any thread.
  [[nodiscard]] GatewayStats stats() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace guildhall::discord
