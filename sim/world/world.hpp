#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "sim/world/guild.hpp"
#include "sim/world/ids.hpp"
#include "sim/world/permissions.hpp"
#include "sim/world/rate_limits.hpp"

namespace guildhall::sim {

/// Somebody with a Discord account.
struct Person {
  UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> email;
  std::optional<std::string> avatar;  ///< A hash, as in Discord's image addresses.
  bool bot = false;                   ///< Another application's bot.

  friend bool operator==(const Person&, const Person&) = default;
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
  /// Where people may be sent back to: URIs, or `http://localhost:*` for every port and path of a host.
  std::vector<std::string> redirect_uris;
  std::string verify_key;  ///< Hex of the Ed25519 key that interactions sent over HTTP would be signed with.
  std::string bot_username;
  Permissions bot_permissions = sim::bot_permissions;  ///< What the bot's role holds in a guild that says nothing else.
  std::chrono::seconds access_token_lifetime{7 * 24 * 3600};

  [[nodiscard]] UserId bot_user_id() const { return UserId{id.value()}; }
};

/// Who and what there is, but for messages and interactions. Every member and owner of a guild is one of the people;
/// what would break that is refused with Errc::invalid or Errc::conflict. Used by one thread at a time.
class World {
 public:
  Application application;
  RateLimits rate_limits;

  [[nodiscard]] const std::map<UserId, Person>& people() const { return people_; }
  [[nodiscard]] const Person* find_person(UserId id) const;
  /// Errc::conflict where the id is taken.
  [[nodiscard]] base::Result<void> add_person(Person person);
  /// Errc::not_found where nobody has that id.
  [[nodiscard]] base::Result<void> change_person(Person person);
  /// Takes them out of all guilds too. Errc::conflict for the owner of a guild or of the application.
  [[nodiscard]] base::Result<void> remove_person(UserId id);

  [[nodiscard]] const std::map<GuildId, Guild>& guilds() const { return guilds_; }
  [[nodiscard]] const Guild* find_guild(GuildId id) const;
  /// The guilds that a person is in, by rising id.
  [[nodiscard]] std::vector<const Guild*> guilds_of(UserId person) const;
  /// The guilds that the bot is in, by rising id.
  [[nodiscard]] std::vector<const Guild*> guilds_of_bot() const;
  /// Adds what every guild has and this one lacks: @everyone, a channel "general", the bot's role, the owner among the
  /// members. Errc::conflict where an id is taken.
  [[nodiscard]] base::Result<void> add_guild(Guild guild);
  /// Puts `guild` in the place of the one with its id, completed in the same way.
  [[nodiscard]] base::Result<void> change_guild(Guild guild);
  [[nodiscard]] base::Result<void> remove_guild(GuildId id);
  /// Lets a person in, or changes what they may do: their only role is one of their own, if any.
  [[nodiscard]] base::Result<void> put_member(GuildId guild, UserId person, Permissions permissions);
  /// Errc::conflict for the owner.
  [[nodiscard]] base::Result<void> remove_member(GuildId guild, UserId person);

  /// Of a guild, or a direct message.
  [[nodiscard]] const Channel* find_channel(ChannelId id) const;
  /// The channel in which the bot and a person talk, made if need be. Errc::not_found where nobody has that id.
  [[nodiscard]] base::Result<ChannelId> open_direct_message(UserId person);

  /// An id for a role or channel that was named without one: the same for the same steps, so that a world file means
  /// the same world each time.
  [[nodiscard]] std::uint64_t next_id() { return ++last_id_; }

 private:
  /// Out of the way of ids that are made from the time.
  static constexpr std::uint64_t first_made_id = 4'000'000'000'000'000'000;

  [[nodiscard]] base::Result<void> check(const Guild& guild) const;
  void pass_ids_of(const Guild& guild);
  void complete(Guild& guild);
  void grant_roles(Guild& guild);
  void place(Guild guild);
  void forget_channels(const Guild& guild);

  std::map<UserId, Person> people_;
  std::map<GuildId, Guild> guilds_;
  std::unordered_map<ChannelId, GuildId> guild_of_channel_;
  std::map<ChannelId, Channel> direct_messages_;
  std::uint64_t last_id_ = first_made_id;
};

}  // namespace guildhall::sim
