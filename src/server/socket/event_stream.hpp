#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/event_bus.hpp"
#include "discord/cache/guild_cache.hpp"
#include "server/socket/event_scope.hpp"
#include "socketio/arguments.hpp"

namespace guildhall::socketio {
class Namespace;
class Socket;
}  // namespace guildhall::socketio

namespace guildhall::server {

/// A guild whose events a person may get.
struct VisibleGuild {
  base::GuildId id;
  bool all_channels = false;           ///< Of its owner and of administrators.
  discord::Permissions permissions{};  ///< Theirs in the whole guild.
};

/// What a dashboard client may see.
struct Visibility {
  bool everything = false;           ///< Role ADMIN.
  std::vector<VisibleGuild> guilds;  ///< By id. Of an ADMIN: where the bot is.
};

/// Sends the bot's events: `ready` to everyone, each dispatch to those who may see it, and `watching` to each client
/// when it is known or has changed what it may see. An event is encoded once for all who see the same of it.
class EventStream {
 public:
  /// Whether a person may see a channel of a guild; see discord::GuildCache::view. Called on any thread.
  using ChannelView =
      std::function<discord::ChannelView(base::GuildId, base::UserId, discord::Permissions, discord::ChannelId)>;

  /// What is kept of events for clients of whom it is not yet known what they may see. The oldest go first.
  static constexpr std::size_t max_held = 1'000;
  static constexpr std::size_t max_held_bytes = 1024 * 1024;

  /// A client of the stream. Used on its socket's event loop.
  struct Client {
    std::shared_ptr<socketio::Socket> socket;
    base::UserId user;
    std::uint64_t greeted = 0;         ///< The number of the last event before it came.
    std::optional<Visibility> sees{};  ///< Once it is known.
  };

  /// `channel_view` may be empty: nothing is known then. The others outlive this.
  EventStream(socketio::Namespace& nsp, base::EventBus& events, ChannelView channel_view);

  /// Sends `ready` to a new client if the bot is ready; otherwise the client gets it with the others. Called once.
  void greet(Client& client);
  /// Changes what the client may see. The first time it also gets what has happened since it was greeted.
  void show(Client& client, Visibility visibility);
  /// The client has left. Called once for each that was greeted.
  void leave(Client& client);

 private:
  struct Held {
    std::uint64_t number;
    std::shared_ptr<const base::GatewayDispatch> dispatch;
  };
  /// Clients of one person that do not see all channels of a guild.
  struct Member {
    std::size_t clients = 0;
    discord::Permissions permissions{};
  };
  enum class View : std::uint8_t { none, reduced, full };
  struct Event;

  void send(const base::BotReady& ready);
  void send(const std::shared_ptr<const base::GatewayDispatch>& dispatch);
  void hold(const std::shared_ptr<const base::GatewayDispatch>& dispatch);
  void send_held(const Client& client);
  void stop_waiting();
  void change_rooms(const Client& client, const Visibility& before, const Visibility& after);
  void change_guild(const Client& client, const VisibleGuild* before, const VisibleGuild* after);
  void remove_member(base::GuildId guild, base::UserId user);
  [[nodiscard]] View view(const EventScope& scope, base::GuildId guild, base::UserId user,
                          discord::Permissions permissions) const;

  socketio::Namespace& nsp_;
  const ChannelView channel_view_;
  std::mutex mutex_;
  std::optional<socketio::Arguments> readiness_;  ///< The payload of `ready`, once the bot is.
  std::map<base::GuildId, std::map<base::UserId, Member>> members_;
  std::uint64_t last_number_ = 0;
  std::size_t waiting_ = 0;  ///< Clients of whom it is not known what they may see.
  std::deque<Held> held_;
  std::size_t held_bytes_ = 0;
  // Last, so that they end first.
  base::Topic<base::BotReady>::Subscription ready_;
  base::Topic<base::GatewayDispatch>::Subscription dispatches_;
};

}  // namespace guildhall::server
