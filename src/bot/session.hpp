#pragma once

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

/// Who the bot is, and that it is ready. A session that goes on after the program was started again does not say who it
/// belongs to, so Discord is asked. For one event loop.
class Session {
 public:
  struct Parts {
    discord::DiscordApi& api;
    base::EventBus& events;
    const discord::GuildCache& cache;
    database::GuildRepository& guilds;
    base::Log log;
    discord::ApplicationId application;  ///< As configured.
  };
  explicit Session(Parts parts) : parts_(std::move(parts)), application_(parts_.application) {}

  /// READY: a shard's new session.
  void began(const discord::Ready& ready);

  /// All shards have a session: tells the product so, and Discord of the slash commands, the first time.
  [[nodiscard]] net::Task<> all_ready(unsigned shards);

 private:
  [[nodiscard]] net::Task<> learn_identity();

  const Parts parts_;
  std::optional<std::string> user_;  // JSON
  discord::ApplicationId application_;
  bool commands_told_ = false;
};

}  // namespace guildhall::bot
