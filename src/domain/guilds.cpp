#include "domain/guilds.hpp"

#include "api/guild.hpp"
#include "domain/command_rules.hpp"

namespace guildhall::domain {

net::Task<base::Result<database::GuildStore::Pointer>> Guilds::update(GuildEditor editor, boost::json::value body) {
  auto change = api::parse_guild_update(std::move(body));
  if (!change) co_return change.error();
  auto updating = store_.update(editor.id(), {std::move(change->prefix), std::move(change->language)},
                                {editor.actor(), check_prefix});
  co_return co_await std::move(updating);
}

}  // namespace guildhall::domain
