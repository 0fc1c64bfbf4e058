#pragma once

#include <functional>
#include <memory>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "base/result.hpp"
#include "discord/gateway/commands.hpp"
#include "discord/gateway/dispatch.hpp"
#include "discord/gateway/options.hpp"
#include "discord/gateway/session_store.hpp"
#include "discord/gateway/status.hpp"
#include "discord/model/gateway.hpp"
#include "net/task.hpp"

namespace guildhall::discord {

/// The bot's connections to Discord's gateway (v10, JSON), one per shard. They are maintained until `stop`: sessions
/// are resumed wherever Discord allows it, also after a restart of the program, and new ones are started no faster than
/// Discord allows and far more rarely than would cost the bot its token.
///
/// Members are called on the event loop given, except those that say any thread.
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

  /// Connects and stays connected; returns after `stop`. If Discord refuses the bot permanently, the log and `health`
  /// say what to do, and this still waits for `stop`.
  [[nodiscard]] net::Task<> run();

  /// Closes all connections so that their sessions can be resumed. Nothing is dispatched from the call on.
  [[nodiscard]] net::Task<> stop();

  /// Call after `stop`, once all dispatched events have been handled: saves the sessions, so that the next start
  /// resumes exactly there. Otherwise it receives the events of the last seconds again.
  [[nodiscard]] net::Task<> save_sessions();

  /// Shows this presence, also in sessions that are started later.
  void set_presence(const Presence& presence);

  /// Requests members; GUILD_MEMBERS_CHUNK brings them. Errc::unavailable while too many commands wait or the number of
  /// shards is unknown, Errc::invalid if Discord would refuse the request.
  [[nodiscard]] base::Result<void> request_members(const MembersRequest& request);

  /// The shard that receives a guild's events; any thread. Zero until the number of shards is known.
  [[nodiscard]] unsigned guild_shard(base::GuildId guild) const;

  /// Whether the shard receives events at the moment; any thread.
  [[nodiscard]] bool shard_ready(unsigned shard) const;

  /// Any thread.
  [[nodiscard]] GatewayHealth health() const;
  /// Any thread.
  [[nodiscard]] GatewayStats stats() const;

 private:
  class State;
  std::shared_ptr<State> state_;
};

}  // namespace guildhall::discord
