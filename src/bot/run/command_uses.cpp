#include "bot/run/command_uses.hpp"

#include <exception>
#include <utility>
#include <vector>

#include "base/failure.hpp"
#include "base/utf8.hpp"
#include "database/models/command_use_repository.hpp"
#include "net/async/spawn.hpp"

namespace guildhall::bot {

database::CommandUse& CommandUses::counts_of(base::GuildId guild, base::CommandId command) {
  const auto day = database::day_of(clock_.now());
  auto& counts = waiting_[Key(guild, day, command)];
  counts.guild_id = guild;
  counts.day = day;
  counts.command_id = command;
  changed_.set();
  return counts;
}

void CommandUses::add_failed(base::GuildId guild, base::CommandId command, std::string_view reason) {
  auto& counts = counts_of(guild, command);
  ++counts.uses;
  ++counts.failures;
  counts.last_failure_at = clock_.now();
  counts.last_failure = std::string(base::first_code_points(reason, database::CommandUse::max_failure));
}

net::Task<> CommandUses::run() {
  for (;;) {
    co_await changed_.wait();
    co_await net::sleep_for(collect_time);
    flush();
  }
}

void CommandUses::flush() {
  changed_.reset();
  if (waiting_.empty()) return;
  std::vector<database::CommandUse> uses;
  uses.reserve(waiting_.size());
  for (auto& [key, counts] : std::exchange(waiting_, {})) uses.push_back(std::move(counts));
  rows_.start_add(std::move(uses), [log = log_](const std::exception_ptr& failure) {
    if (failure) log.warn("Cannot save the uses of commands", {{"reason", base::describe(failure)}});
  });
}

}  // namespace guildhall::bot
