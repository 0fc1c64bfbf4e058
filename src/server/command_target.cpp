#include "server/command_target.hpp"

#include "database/models/command_repository.hpp"
#include "server/services.hpp"

namespace guildhall::server {

net::Task<base::Result<std::shared_ptr<const database::Command>>> find_command(Context& context) {
  const base::Error missing{base::Errc::not_found, "This guild has no such command."};
  const auto id = base::CommandId::parse(context.params["commandId"]);
  if (!id) co_return missing;
  auto command = co_await context.services.commands.find(context.guild->id, *id);
  if (!command) co_return missing;
  co_return command;
}

}  // namespace guildhall::server
