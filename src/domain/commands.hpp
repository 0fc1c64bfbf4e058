#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "base/result.hpp"
#include "database/models/command_store.hpp"
#include "domain/access.hpp"
#include "domain/script_checker.hpp"
#include "net/task.hpp"

namespace guildhall::domain {

/// What may be done with a guild's commands. Bodies are JSON as the API takes it (api/command.hpp), whoever sends them.
/// All members throw database::Unavailable and may be awaited on any event loop.
///
/// Errors of writes: those of the schema, of check_command and of ScriptChecker (about `/interaction`);
/// Errc::not_found; those of the precondition.
class Commands {
 public:
  using List = database::CommandStore::List;
  using Pointer = database::CommandStore::Pointer;
  using Page = database::CommandStore::Page;

  /// Whether a write may go on, given the command as it is now. Returns the revision that the command must still have
  /// in the transaction, or nothing if any will do. Empty: no condition.
  using Precondition = std::function<base::Result<std::optional<std::uint64_t>>(const database::Command&)>;

  /// A patch leaves what it does not name as it is.
  enum class Body : std::uint8_t { whole, patch };

  /// Both outlive this.
  Commands(database::CommandStore& store, ScriptChecker& scripts) : store_(store), scripts_(scripts) {}

  /// All of them, by id, without scripts.
  [[nodiscard]] net::Task<List> list(const GuildViewer& viewer) const;
  /// As CommandStore::page.
  [[nodiscard]] net::Task<Page> page(const GuildViewer& viewer, base::CommandId before, std::size_t max) const;
  /// Errc::not_found.
  [[nodiscard]] net::Task<base::Result<Pointer>> find(const GuildViewer& viewer, base::CommandId id) const;

  [[nodiscard]] net::Task<base::Result<database::Command>> create(GuildEditor editor, boost::json::value body);
  [[nodiscard]] net::Task<base::Result<database::Command>> update(GuildEditor editor, base::CommandId id,
                                                                  boost::json::value body, Body kind,
                                                                  Precondition precondition);
  [[nodiscard]] net::Task<base::Result<void>> remove(GuildEditor editor, base::CommandId id, Precondition precondition);

 private:
  [[nodiscard]] net::Task<base::Result<void>> check_script(base::GuildId guild, std::string script);

  database::CommandStore& store_;
  ScriptChecker& scripts_;
};

}  // namespace guildhall::domain
