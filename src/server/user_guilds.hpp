#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/event_bus.hpp"
#include "base/result.hpp"
#include "discord/model/guild.hpp"
#include "discord/rest/client.hpp"
#include "net/async/single_flight.hpp"
#include "server/session.hpp"

namespace guildhall::server {

/// Each person's guilds as Discord lists them, and with them who may manage which guild. Discord limits that list hard,
/// so it is remembered for a while and fetched once however many ask; of those whom the bot knows to manage a guild,
/// none is needed. Any event loop may ask.
class UserGuilds {
 public:
  using Time = std::chrono::steady_clock::time_point;

  /// For how long a list is served without asking Discord again.
  static constexpr std::chrono::seconds fresh_for{30};
  /// The oldest list that may decide what a person may do.
  static constexpr std::chrono::seconds trusted_for{60};
  /// The oldest list that is still shown when Discord does not answer.
  static constexpr std::chrono::hours shown_for{1};
  /// How many people's lists are remembered.
  static constexpr std::size_t capacity = 10'000;

  struct Snapshot {
    std::vector<discord::PartialGuild> guilds;
    Time fetched;
  };

  struct Listing {
    std::shared_ptr<const Snapshot> snapshot;
    std::chrono::seconds age{};
    bool stale = false;  ///< Discord did not answer, so this is older than it would be otherwise.
  };

  /// What the bot knows. Called on any event loop; both are empty where there is no bot.
  struct BotKnowledge {
    /// What a person may do in a guild as a whole; nothing where it is not known that they may manage it.
    std::function<std::optional<discord::Permissions>(base::GuildId, base::UserId)> permissions;
    /// To be found out, if the bot can: Discord says that this person may manage the guild.
    std::function<void(base::GuildId, base::UserId)> learn;
  };

  /// `home` as of net::SingleFlight. What lists from before a change of rights say of that guild decides nothing any
  /// more. What is given by reference outlives this.
  UserGuilds(net::Executor home, discord::RestClient& rest, BotKnowledge bot,
             base::Topic<base::RightsChanged>& changes);

  /// The person's guilds, stale where Discord limits us or is away. Errc::unauthenticated where Discord no longer
  /// accepts the session's token, forbidden where the login did not ask for scope `guilds`, unavailable, bad_upstream.
  [[nodiscard]] net::Task<base::Result<Listing>> list(SessionClaims claims);

  /// Whether the person may manage the guild, as the bot knows or on the word of a list that is at most `trusted_for`
  /// old. Errors as of `list`.
  [[nodiscard]] net::Task<base::Result<bool>> may_manage(SessionClaims claims, base::GuildId guild);

  /// The guilds that the person may manage, on the word of such a list. Errors as of `list`.
  [[nodiscard]] net::Task<base::Result<std::vector<base::GuildId>>> manageable(SessionClaims claims);

  /// Forgets the person's list, as when a session of theirs ends.
  void forget(base::UserId user);

 private:
  struct Entry {
    std::shared_ptr<const Snapshot> snapshot;
    Time ask_again{};  ///< Discord said not to ask before.
  };

  /// What a list is to be used for.
  struct Use {
    std::chrono::seconds oldest;                ///< That it may be when Discord does not answer.
    std::function<bool(const Snapshot&)> fits;  ///< Whether it will do at all.
  };

  [[nodiscard]] net::Task<base::Result<Listing>> list_for(SessionClaims claims, Use use);
  /// Whether the list is older than a change of rights in `guild`, or in any of its guilds.
  [[nodiscard]] bool is_distrusted(const Snapshot& snapshot, std::optional<base::GuildId> guild) const;
  [[nodiscard]] net::Task<base::Result<std::shared_ptr<const Snapshot>>> fetch(SessionClaims claims);
  void distrust(base::GuildId guild);
  [[nodiscard]] Entry find(base::UserId user) const;
  void remember(base::UserId user, Entry entry);

  discord::RestClient& rest_;
  const BotKnowledge bot_;
  net::SingleFlight<base::UserId, base::Result<std::shared_ptr<const Snapshot>>> flights_;
  mutable std::mutex mutex_;
  std::unordered_map<base::UserId, Entry> entries_;
  std::unordered_map<base::GuildId, Time> distrusted_;  ///< Since when; forgotten once no list is that old.
  Time next_sweep_{};                                   ///< When it is looked at for what to forget.
  base::Topic<base::RightsChanged>::Subscription changes_;
};

}  // namespace guildhall::server
