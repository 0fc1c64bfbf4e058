#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/log.hpp"
#include "discord/model/ids.hpp"
#include "net/task.hpp"

namespace guildhall::database {
class CommandInvocationRepository;
}

namespace guildhall::bot {

/// With which arguments commands were called whose answers have components: the latest from memory, all from table
/// `calls`. For one event loop.
class CommandInvocations {
 public:
  /// How long they are kept where the components do not say how long they live.
  static constexpr std::chrono::days retention{30};
  /// How many are remembered.
  static constexpr std::size_t capacity = 1000;

  /// `calls` outlives this.
  CommandInvocations(database::CommandInvocationRepository& calls, const base::Clock& clock, base::Log log)
      : calls_(calls), clock_(clock), log_(std::move(log)) {}

  struct Call {
    discord::MessageId id;  ///< The message that called the command.
    base::CommandId command;
    base::UserId user;
    std::vector<std::string> args;
    std::chrono::seconds lifetime = retention;
  };
  /// Is known from now on. It is written meanwhile; where that fails, the log says so.
  void keep(Call call);

  /// Empty where nothing is known of the call, or the database is away.
  [[nodiscard]] net::Task<std::vector<std::string>> args(base::CommandId command, discord::MessageId id);

 private:
  database::CommandInvocationRepository& calls_;
  const base::Clock& clock_;
  const base::Log log_;
  std::list<Call> latest_;  // newest first
  std::unordered_map<discord::MessageId, std::list<Call>::iterator> places_;
};

}  // namespace guildhall::bot
