#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "base/lru_map.hpp"
#include "bot/components/component_ids.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandInvocationRepository;
}

namespace guildhall::bot {

/// The arguments of commands whose responses have components: the latest in memory, all in the database. For one event
/// loop.
class CommandInvocations {
 public:
  /// How long arguments are kept for components that do not expire.
  static constexpr std::chrono::days retention{30};
  /// Invocations in memory.
  static constexpr std::size_t capacity = 1000;

  /// `rows` outlives this.
  CommandInvocations(database::CommandInvocationRepository& rows, const base::Clock& clock, base::Log log)
      : rows_(rows), clock_(clock), log_(std::move(log)) {}

  struct Kept {
    InvocationId id;
    base::CommandId command;
    base::UserId user;
    std::vector<std::string> args;
    std::chrono::seconds lifetime = retention;
  };
  /// Takes effect at once and is written in the background; a failure is logged.
  void keep(Kept invocation);

  /// Empty if the invocation is unknown or the database is not available.
  [[nodiscard]] net::Task<std::vector<std::string>> args(base::CommandId command, InvocationId id);

 private:
  database::CommandInvocationRepository& rows_;
  const base::Clock& clock_;
  const base::Log log_;
  base::LruMap<InvocationId, Kept> latest_{capacity};
};

}  // namespace guildhall::bot
