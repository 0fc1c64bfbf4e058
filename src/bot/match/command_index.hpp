#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/id.hpp"
#include "base/log.hpp"
#include "bot/match/dirty_guilds.hpp"
#include "bot/match/triggers.hpp"
#include "database/change_feed.hpp"
#include "net/async/event.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandRepository;
}

namespace guildhall::bot {

/// Prefixes and triggers of all guilds, in memory. Reads all of them at the start, then the guilds that the change feed
/// names, whichever process changed them. A change is known to be one before the API answers it, so nobody acts on the
/// state before it. For one event loop, except for the feed's calls.
class CommandIndex {
 public:
  /// Members are called on `home`. `commands` and `feed` outlive the index, which outlives the loop's run.
  CommandIndex(net::Executor home, database::CommandRepository& commands, database::ChangeFeed& feed, base::Log log);

  /// Reads what has changed, until it is cancelled.
  [[nodiscard]] net::Task<> run();

  /// Whether memory has what the database has about the guild.
  [[nodiscard]] bool is_current(base::GuildId guild) const { return !dirty_.contains(guild); }

  /// Waits for that, at most `limit`; false if it takes longer.
  [[nodiscard]] net::Task<bool> wait_until_current(base::GuildId guild, std::chrono::milliseconds limit);

  /// The command that a message in the guild starts, as far as memory knows. Does not allocate.
  [[nodiscard]] std::optional<Match> match(base::GuildId guild, std::string_view content,
                                           const Addressing& addressing) const;

 private:
  using Guilds = std::unordered_map<base::GuildId, Triggers>;

  [[nodiscard]] net::Task<bool> refresh(DirtyGuilds::Batch batch);
  [[nodiscard]] net::Task<> read_all();
  [[nodiscard]] net::Task<> read(std::vector<base::GuildId> guilds);
  [[nodiscard]] net::Task<> rest(std::chrono::steady_clock::duration busy);
  [[nodiscard]] database::ChangeFeed::Subscription follow(database::ChangeFeed& feed, database::Entity entity);
  void wake();

  const net::Executor home_;
  database::CommandRepository& commands_;
  const base::Log log_;
  DirtyGuilds dirty_;
  Guilds guilds_;  // those with commands
  bool failing_ = false;
  net::Event changed_;    // a guild is dirty
  net::Event urgent_;     // somebody waits for a dirty guild
  net::Event refreshed_;  // set for a moment after each read
  // Last, so that they end before what their listeners use.
  database::ChangeFeed::Subscription command_changes_;
  database::ChangeFeed::Subscription guild_changes_;
};

}  // namespace guildhall::bot
