#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "base/result.hpp"
#include "database/models/guild_store.hpp"
#include "database/models/user.hpp"
#include "discord/model/guild.hpp"
#include "jwt/session_token.hpp"
#include "net/task.hpp"

namespace guildhall::domain {

using database::Actor;

/// An actor who may see a guild's settings and commands. Only Access makes one, so a use case that takes one cannot be
/// called without the check.
class GuildViewer {
 public:
  [[nodiscard]] const Actor& actor() const { return actor_; }
  [[nodiscard]] base::GuildId id() const { return guild_->id; }
  /// The guild as it was at the check.
  [[nodiscard]] const database::Guild& guild() const { return *guild_; }
  [[nodiscard]] const std::shared_ptr<const database::Guild>& shared_guild() const { return guild_; }

 protected:
  GuildViewer(Actor actor, std::shared_ptr<const database::Guild> guild)
      : actor_(std::move(actor)), guild_(std::move(guild)) {}

 private:
  friend class Access;

  Actor actor_;
  std::shared_ptr<const database::Guild> guild_;
};

/// An actor who may change them too.
class GuildEditor : public GuildViewer {
  friend class Access;
  using GuildViewer::GuildViewer;
};

/// A person who is logged in to the dashboard.
struct DashboardUser {
  std::shared_ptr<const jwt::Claims> claims;
  std::shared_ptr<const database::User> user;
  bool admin = false;  ///< Has role ADMIN.
};

/// Knows from Discord who may manage which guild. Any event loop may ask.
class GuildManagers {
 public:
  virtual ~GuildManagers() = default;
  /// Errors: Errc::unauthenticated, forbidden (the login lacks a scope), unavailable, bad_upstream.
  [[nodiscard]] virtual net::Task<base::Result<bool>> may_manage(std::shared_ptr<const jwt::Claims> claims,
                                                                 base::GuildId guild) = 0;
};

/// Decides what an actor may do in a guild. Any event loop may ask; members throw database::Unavailable.
class Access {
 public:
  /// `guilds` outlives this.
  explicit Access(database::GuildStore& guilds) : guilds_(guilds) {}

  /// For people on the dashboard: ADMIN, and those who may manage the guild according to `managers`, whose errors it
  /// passes on. Errc::not_found if the bot is not in the guild, forbidden.
  [[nodiscard]] net::Task<base::Result<GuildEditor>> from_dashboard(DashboardUser user, base::GuildId guild,
                                                                    GuildManagers& managers) const;

  /// For a slash command, which brings along what its user may do. Errc::forbidden without Manage Server or outside of
  /// guilds; not_found if the guild is not in the database yet.
  [[nodiscard]] net::Task<base::Result<GuildEditor>> from_slash(base::UserId user, std::optional<base::GuildId> guild,
                                                                discord::Permissions permissions) const;

 private:
  database::GuildStore& guilds_;
};

}  // namespace guildhall::domain
