#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "database/models/actor.hpp"
#include "database/models/command.hpp"
#include "net/task.hpp"

namespace guildhall::database {

/// What to change in a command. Absent members stay as they are.
struct CommandChange {
  std::optional<std::string> trigger{};
  std::optional<std::string> response{};
  std::optional<std::optional<std::string>> interaction{};
  std::optional<bool> case_sensitive{};
  std::optional<bool> enabled{};
};

/// What a rule may go by. Read in the transaction that writes, so it holds until the commit.
struct CommandFacts {
  std::string prefix;               ///< The guild's.
  std::size_t others = 0;           ///< Commands that the guild has besides this one.
  std::uint64_t others_size = 0;    ///< The sum of their sizes.
  bool trigger_taken = false;       ///< Whether one of them has the same trigger, see same_trigger.
  const Command* before = nullptr;  ///< The command as it is; null for a new one.
};

/// Whether a message could start either command: their triggers have the same key and, where both are case-sensitive,
/// also the same case.
[[nodiscard]] bool same_trigger(const Command& one, const Command& other);

/// Whether `after` may collide with triggers that `before` does not: it has another trigger or case, or is new (null).
[[nodiscard]] inline bool is_new_trigger(const Command* before, const Command& after) {
  return before == nullptr || before->trigger != after.trigger || before->case_sensitive != after.case_sensitive;
}

/// Decides whether a guild may have `command`. Called on a thread of the database: must be quick.
using CommandRule = base::Result<void> (*)(const Command& command, const CommandFacts& facts);

/// Who writes, and the rule that the write must keep. Both are at hand in the transaction.
struct CommandWrite {
  Actor actor;
  CommandRule rule;
};

/// Where commands are kept. All members throw Unavailable and may be awaited on any
/// event loop. Errors of writes: Errc::not_found (guild or command), precondition_failed (the revision is another), and
/// those of the rule.
class CommandStore {
 public:
  using List = std::shared_ptr<const std::vector<CommandSummary>>;
  using Pointer = std::shared_ptr<const Command>;
  using Page = std::shared_ptr<const CommandPage>;

  virtual ~CommandStore() = default;

  /// All commands of the guild by id; an empty list where it has none. Usually from memory.
  [[nodiscard]] virtual net::Task<List> list(base::GuildId guild) = 0;
  /// One of the guild's commands, or null. Usually from memory.
  [[nodiscard]] virtual net::Task<Pointer> find(base::GuildId guild, base::CommandId id) = 0;
  /// The guild's commands with ids below `before`: up to `max`, and fewer (but one) where their sizes exceed
  /// `max_page_size` together. Usually from memory.
  [[nodiscard]] virtual net::Task<Page> page(base::GuildId guild, base::CommandId before, std::size_t max) = 0;
  static constexpr std::uint64_t max_page_size = 1 << 20;

  /// `id`, size, revision and times of `draft` are not read. Ids are never used again.
  [[nodiscard]] virtual net::Task<base::Result<Command>> create(Command draft, CommandWrite write) = 0;
  /// The revision grows by one when anything differs; the rule is asked when the trigger or its case does, or
  /// the command grows. If
  /// `expected_revision` is given it must be the current one.
  [[nodiscard]] virtual net::Task<base::Result<Command>> update(base::GuildId guild, base::CommandId id,
                                                                CommandChange change,
                                                                std::optional<std::uint64_t> expected_revision,
                                                                CommandWrite write) = 0;
  [[nodiscard]] virtual net::Task<base::Result<void>> remove(base::GuildId guild, base::CommandId id,
                                                             std::optional<std::uint64_t> expected_revision,
                                                             Actor actor) = 0;
};

}  // namespace guildhall::database
