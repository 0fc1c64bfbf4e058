#include "database/models/command_store.hpp"

#include <algorithm>

namespace guildhall::database {

net::Task<std::shared_ptr<const Command>> CommandStore::find(base::GuildId guild, base::CommandId id) {
  const auto commands = co_await list(guild);
  const auto found = std::ranges::lower_bound(*commands, id, {}, &Command::id);
  if (found == commands->end() || found->id != id) co_return nullptr;
  co_return std::shared_ptr<const Command>(commands, &*found);
}

}  // namespace guildhall::database
