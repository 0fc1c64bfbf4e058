#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "database/models/actor.hpp"
#include "database/models/guild.hpp"
#include "net/task.hpp"

namespace guildhall::database {

/// What to change in a guild's settings. Absent members stay as they are.
struct GuildChange {
  std::optional<std::string> prefix;
  std::optional<std::string> language;
};

/// Decides whether a guild whose commands have these triggers may have this prefix. Called on a thread of the database,
/// in the transaction that writes: must be quick.
using PrefixRule = base::Result<void> (*)(const std::string& prefix, std::span<const std::string> triggers);

/// Who writes, and the rule that the write must keep. Both are at hand in the transaction.
struct GuildWrite {
  Actor actor;
  PrefixRule rule;
};

/// Where guilds and their settings are kept. Members throw Unavailable, unless they say otherwise, and may be awaited
/// on any event loop.
class GuildStore {
 public:
  using Pointer = std::shared_ptr<const Guild>;

  virtual ~GuildStore() = default;

  /// What memory has of `find`; nothing if the database must be asked. Does not throw.
  [[nodiscard]] virtual std::optional<Pointer> known(base::GuildId id) = 0;
  /// The guild, also one that the bot has left (`left_at`); null if the bot never was in it. Usually from memory.
  [[nodiscard]] virtual net::Task<Pointer> find(base::GuildId id) = 0;
  /// As `find` for each of `ids`, in their order.
  [[nodiscard]] virtual net::Task<std::vector<Pointer>> find_many(std::vector<base::GuildId> ids) = 0;
  /// Errc::not_found, and the errors of the rule, which is asked when the prefix differs.
  [[nodiscard]] virtual net::Task<base::Result<Pointer>> update(base::GuildId id, GuildChange change,
                                                                GuildWrite write) = 0;
};

}  // namespace guildhall::database
