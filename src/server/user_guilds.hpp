#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/event_bus.hpp"
#include "base/lru_map.hpp"
#include "base/result.hpp"
#include "discord/model/guild.hpp"
#include "discord/rest/client.hpp"
#include "domain/access.hpp"
#include "net/async/single_flight.hpp"
#include "server/middleware/authentication.hpp"

namespace guildhall::server {

/// Each person's guilds as Discord lists them, and with them who may manage which guild. Discord limits requests for
/// that list strictly, so it is cached for a while and fetched once however many ask; it is not needed for people whom
/// the bot knows to manage a guild. Any event loop may ask.
class UserGuilds final : public domain::GuildManagers {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// How long a list is served without asking Discord again.
  static constexpr std::chrono::seconds fresh_for{30};
  /// The oldest list that may decide what a person may do.
  static constexpr std::chrono::seconds trusted_for{60};
  /// The oldest list that is shown when Discord does not answer.
  static constexpr std::chrono::hours shown_for{1};
  /// How many people's lists are cached.
  static constexpr std::size_t capacity = 10'000;

  struct Snapshot {
    std::vector<discord::PartialGuild> guilds;
    Time fetched;
  };

  struct Listing {
    std::shared_ptr<const Snapshot> snapshot;
    std::chrono::seconds age{};
    bool stale = false;  ///< Older than usual, because Discord did not answer.
  };

  /// What the bot knows. Called on any event loop; all are empty without a bot.
  struct BotKnowledge {
    /// What a person may do in a guild as a whole; empty unless they are known to manage it.
    std::function<std::optional<discord::Permissions>(base::GuildId, base::UserId)> permissions;
    /// Discord says that this person may manage the guild, so the bot may look up what it does not know of them.
    std::function<void(base::GuildId, base::UserId)> learn;
    /// The guilds that the bot is in.
    std::function<std::vector<base::GuildId>()> guilds{};
  };

  /// A guild that a person may manage, and what they may do in it as a whole.
  struct Managed {
    base::GuildId id;
    discord::Permissions permissions;  ///< All those of its owner.
  };

  /// `home` as of net::SingleFlight. After a change of rights in a guild, older lists decide nothing about it. What is
  /// given by reference outlives this.
  UserGuilds(net::Executor home, const base::Clock& clock, discord::RestClient& rest, BotKnowledge bot,
             base::Topic<base::RightsChanged>& changes);

  /// The person's guilds; stale while Discord limits our requests or is not available. Errc::unauthenticated if Discord
  /// no longer accepts the session's token, forbidden if the login did not ask for scope `guilds`, unavailable,
  /// bad_upstream.
  [[nodiscard]] net::Task<base::Result<Listing>> list(SessionClaims claims);

  /// Whether the person may manage the guild, as the bot knows or according to a list that is at most `trusted_for`
  /// old. Errors as of `list`.
  [[nodiscard]] net::Task<base::Result<bool>> may_manage(SessionClaims claims, base::GuildId guild) override;

  /// The guilds that the person may manage according to such a list. Errors as of `list`.
  [[nodiscard]] net::Task<base::Result<std::vector<Managed>>> manageable(SessionClaims claims);

  /// The guilds that the bot is in, as far as its gateway has told; none without a bot.
  [[nodiscard]] std::vector<base::GuildId> bot_guilds() const;

  /// Drops the person's list, as when a session of theirs ends.
  void forget(base::UserId user);

 private:
  struct Entry {
    std::shared_ptr<const Snapshot> snapshot;
    Time ask_again{};  ///< Discord is not asked before that time.
  };

  /// Which lists will do for a purpose.
  struct Use {
    std::chrono::seconds max_age;               ///< When Discord does not answer.
    std::function<bool(const Snapshot&)> fits;  ///< Whether the list is usable at all.
  };

  [[nodiscard]] net::Task<base::Result<Listing>> list_for(SessionClaims claims, Use use);
  /// Whether the list is older than a change of rights in `guild`, or in any of its guilds.
  [[nodiscard]] bool is_distrusted(const Snapshot& snapshot, std::optional<base::GuildId> guild) const;
  [[nodiscard]] net::Task<base::Result<std::shared_ptr<const Snapshot>>> fetch_unless_known(SessionClaims claims,
                                                                                            Use use);
  [[nodiscard]] net::Task<base::Result<std::shared_ptr<const Snapshot>>> fetch(SessionClaims claims);
  void distrust(base::GuildId guild);
  [[nodiscard]] Entry find(base::UserId user);
  void remember(base::UserId user, Entry entry);

  [[nodiscard]] std::chrono::seconds age_of(Time fetched) const;

  const base::Clock& clock_;
  discord::RestClient& rest_;
  const BotKnowledge bot_;
  net::SingleFlight<base::UserId, base::Result<std::shared_ptr<const Snapshot>>> flights_;
  mutable std::mutex mutex_;
  base::LruMap<base::UserId, Entry> entries_{capacity};
  std::unordered_map<base::GuildId, Time> distrusted_;  ///< Since when; dropped once no list is that old.
  Time next_sweep_{};                                   ///< When `distrusted_` is cleaned up.
  base::Topic<base::RightsChanged>::Subscription changes_;
};

}  // namespace guildhall::server
