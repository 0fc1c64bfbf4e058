#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "base/result.hpp"
#include "sim/world/permissions.hpp"
#include "sim/world/rate_limits.hpp"

namespace guildhall::sim {

using base::GuildId;
using base::UserId;
using ApplicationId = base::Id<struct ApplicationTag>;

/// Somebody with a Discord account.
struct Person {
  UserId id;
  std::string username;
  std::optional<std::string> global_name;
  std::optional<std::string> email;
  std::optional<std::string> avatar;  ///< A hash, as in Discord's image addresses.
};

struct Guild {
  GuildId id;
  std::string name;
  std::optional<std::string> icon;  ///< A hash, as in Discord's image addresses.
  UserId owner_id;
  bool bot = true;  ///< Whether the application's bot is in it.
  /// The people in it and what each may do there; the owner is one of them.
  std::map<UserId, Permissions> members;

  /// What a person may do here: everything as its owner, nothing as a stranger.
  [[nodiscard]] Permissions permissions_of(UserId person) const;
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
  Permissions bot_permissions = sim::bot_permissions;  ///< What the bot holds in each of its guilds.
  std::chrono::seconds access_token_lifetime{7 * 24 * 3600};

  [[nodiscard]] UserId bot_user_id() const { return UserId{id.value()}; }
};

/// Who and what there is. Every member and owner of a guild is one of the people; what would break that is refused
/// with Errc::invalid or Errc::conflict. Used by one thread at a time.
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
  /// Makes the owner a member where they are not. Errc::conflict where the id is taken.
  [[nodiscard]] base::Result<void> add_guild(Guild guild);
  [[nodiscard]] base::Result<void> change_guild(Guild guild);
  [[nodiscard]] base::Result<void> remove_guild(GuildId id);
  /// Lets a person in, or changes what they may do.
  [[nodiscard]] base::Result<void> put_member(GuildId guild, UserId person, Permissions permissions);
  /// Errc::conflict for the owner.
  [[nodiscard]] base::Result<void> remove_member(GuildId guild, UserId person);

 private:
  [[nodiscard]] base::Result<void> check(const Guild& guild) const;

  std::map<UserId, Person> people_;
  std::map<GuildId, Guild> guilds_;
};

}  // namespace guildhall::sim
