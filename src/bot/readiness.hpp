#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/event_bus.hpp"
#include "base/log.hpp"
#include "discord/model/gateway.hpp"
#include "discord/rest/discord_api.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class GuildRepository;
}
namespace guildhall::discord {
class GuildCache;
}

namespace guildhall::bot {

/// Announces that the bot is ready, with its user and guilds, and registers the slash commands once. A gateway session
/// that was resumed after a restart does not say who the bot is, so Discord is asked. For one event loop.
class Readiness {
 public:
  struct Parts {
    discord::DiscordApi& api;
    base::EventBus& events;
    const discord::GuildCache& cache;
    database::GuildRepository& guilds;
    base::Log log;
    discord::ApplicationId application;            ///< As configured.
    std::function<void(base::UserId)> identified;  ///< Called when it is known who the bot is.
  };
  explicit Readiness(Parts parts) : parts_(std::move(parts)), application_(parts_.application) {}

  /// A shard has begun a new gateway session.
  void on_ready(const discord::Ready& ready);

  /// All shards are ready.
  [[nodiscard]] net::Task<> announce(unsigned shards);

  /// What is wrong although the bot is ready, as sentences that say what to do; empty if nothing is. Any thread.
  [[nodiscard]] std::string notice() const;

 private:
  [[nodiscard]] net::Task<> fetch_identity();

  const Parts parts_;
  std::optional<std::string> user_;  // JSON
  discord::ApplicationId application_;
  bool commands_registered_ = false;
  mutable std::mutex mutex_;
  std::string notice_;  ///< Guarded by the mutex.
};

}  // namespace guildhall::bot
