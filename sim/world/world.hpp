#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "sim/world/behaviour.hpp"
#include "sim/world/guild.hpp"
#include "sim/world/ids.hpp"
#include "sim/world/permissions.hpp"
#include "sim/world/rate_limits.hpp"

namespace guildhall::sim {

/// A Discord user.
struct User {
  UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> email;
  std::optional<std::string> avatar;  ///< A hash, as in Discord's image addresses.
  bool bot = false;                   ///< Another application's bot.

  friend bool operator==(const User&, const User&) = default;
};

/// The one application that is registered in this world, with its bot. The bot's user has the application's id.
struct Application {
  ApplicationId id;
  std::string name;
  std::string description;
  std::optional<std::string> icon;
  std::string client_secret;
  std::string bot_token;
  UserId owner_id;
  /// Allowed redirects: URIs, or `http://localhost:*` for every port and path of a host.
  std::vector<std::string> redirect_uris;
  std::string verify_key;  ///< Hex of the Ed25519 key that interactions sent over HTTP would be signed with.
  std::string bot_username;
  Permissions bot_permissions = sim::bot_permissions;  ///< The default permissions of the bot's role in a guild.
  std::chrono::seconds access_token_lifetime{7 * 24 * 3600};

  [[nodiscard]] UserId bot_user_id() const { return UserId{id.value()}; }
};

/// The users, guilds and channels. Every member and owner of a guild is one of the users;
/// a change that breaks this is refused with Errc::invalid or Errc::conflict. Used by one thread at a time.
class World {
 public:
  Application application;
  RateLimits rate_limits;
  Behaviour behaviour;

  [[nodiscard]] const std::map<UserId, User>& users() const { return users_; }
  [[nodiscard]] const User* find_user(UserId id) const;
  /// Errc::conflict if the id is taken.
  [[nodiscard]] base::Result<void> add_user(User user);
  /// Errc::not_found if nobody has that id.
  [[nodiscard]] base::Result<void> change_user(User user);
  /// Also removes them from all guilds. Errc::conflict for the owner of a guild or of the application.
  [[nodiscard]] base::Result<void> remove_user(UserId id);

  [[nodiscard]] const std::map<GuildId, Guild>& guilds() const { return guilds_; }
  [[nodiscard]] const Guild* find_guild(GuildId id) const;
  /// The guilds that a user is in, by rising id.
  [[nodiscard]] std::vector<const Guild*> guilds_of(UserId user) const;
  /// The guilds that the bot is in, by rising id.
  [[nodiscard]] std::vector<const Guild*> guilds_of_bot() const;
  /// Adds what every guild has, if it is missing: @everyone, a channel "general", the bot's role, the owner as a
  /// member. Errc::conflict if an id is taken.
  [[nodiscard]] base::Result<void> add_guild(Guild guild);
  /// Replaces the guild with the same id, completed in the same way.
  [[nodiscard]] base::Result<void> change_guild(Guild guild);
  [[nodiscard]] base::Result<void> remove_guild(GuildId id);
  /// Adds a member or changes their permissions, which become a role of their own.
  [[nodiscard]] base::Result<void> put_member(GuildId guild, UserId user, Permissions permissions);
  /// Errc::conflict for the owner.
  [[nodiscard]] base::Result<void> remove_member(GuildId guild, UserId user);

  /// A channel or thread of a guild, or a direct message.
  [[nodiscard]] const Channel* find_channel(ChannelId id) const;
  /// To count the messages of a thread, for which Discord sends no event; nullptr if it is none.
  [[nodiscard]] Thread* find_thread(ChannelId id);
  /// The direct message channel of the bot and a user, created if necessary. Errc::not_found if there is no such user.
  [[nodiscard]] base::Result<ChannelId> open_direct_message(UserId user);

  /// An id for a role or channel without one. Deterministic, so that a world file always gives
  /// the same world.
  [[nodiscard]] std::uint64_t next_id() { return ++last_id_; }

 private:
  /// Higher than ids that are made from the time.
  static constexpr std::uint64_t first_made_id = 4'000'000'000'000'000'000;

  [[nodiscard]] base::Result<void> check(const Guild& guild) const;
  void reserve_ids_of(const Guild& guild);
  void complete(Guild& guild);
  void grant_roles(Guild& guild);
  void place(Guild guild);
  void forget_channels(const Guild& guild);

  std::map<UserId, User> users_;
  std::map<GuildId, Guild> guilds_;
  std::unordered_map<ChannelId, GuildId> guild_of_channel_;
  std::map<ChannelId, Channel> direct_messages_;
  std::uint64_t last_id_ = first_made_id;
};

}  // namespace guildhall::sim
