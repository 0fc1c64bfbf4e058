#pragma once

#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "base/id.hpp"
#include "base/log.hpp"
#include "bot/match/dirty_guilds.hpp"
#include "bot/match/triggers.hpp"
#include "database/change_feed.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandRepository;
}

namespace guildhall::bot {

/// Prefixes and triggers of all guilds, in memory. Read as a whole at the start, then guild by guild as the change feed
/// tells of changes, by whichever process. A change that has been answered by the API is known to be one here, so
/// nobody acts on the state before it. For one event loop, but for what the feed does.
class CommandIndex {
 public:
  /// `home` is where members are called. `commands` and `feed` outlive the book, which outlives the loop's run.
  CommandIndex(net::Executor home, database::CommandRepository& commands, database::ChangeFeed& feed, base::Log log);

  /// Reads what is to be read, until it is cancelled.
  [[nodiscard]] net::Task<> run();

  /// Whether what is in memory about the guild is what the database has. Costs next to nothing.
  [[nodiscard]] bool current(base::GuildId guild) const { return !stale_.contains(guild); }

  /// Waits until it is, but not longer than about `limit`; says whether it is.
  [[nodiscard]] net::Task<bool> wait_until_current(base::GuildId guild, std::chrono::milliseconds limit);

  /// The command that a message in the guild asks for, as far as memory goes. Allocates nothing.
  [[nodiscard]] std::optional<Match> match(base::GuildId guild, std::string_view content) const;

 private:
  using Guilds = std::unordered_map<base::GuildId, Triggers>;

  [[nodiscard]] net::Task<bool> refresh(DirtyGuilds::Batch batch);
  [[nodiscard]] net::Task<> rest(std::chrono::steady_clock::duration busy);
  [[nodiscard]] net::Task<> pause();
  [[nodiscard]] net::Task<> read_all();
  [[nodiscard]] net::Task<> read(std::vector<base::GuildId> guilds);
  [[nodiscard]] database::ChangeFeed::Subscription follow(database::ChangeFeed& feed, database::Entity entity);
  void wake();

  const net::Executor home_;
  database::CommandRepository& commands_;
  const base::Log log_;
  DirtyGuilds stale_;
  Guilds guilds_;  // those that have commands
  bool failing_ = false;
  boost::asio::steady_timer woken_;                     // when there is something to read
  boost::asio::steady_timer rested_;                    // when it is to be read
  database::ChangeFeed::Subscription command_changes_;  // last: these end before the rest goes
  database::ChangeFeed::Subscription guild_changes_;
};

}  // namespace guildhall::bot
