#pragma once

#include <boost/json/value.hpp>
#include <memory>

#include "base/result.hpp"
#include "database/models/guild_store.hpp"
#include "domain/access.hpp"
#include "net/task.hpp"

namespace guildhall::domain {

/// What may be done with a guild's settings. Members throw database::Unavailable and may be awaited on any event loop.
class Guilds {
 public:
  /// `store` outlives this.
  explicit Guilds(database::GuildStore& store) : store_(store) {}

  /// `body` is JSON as the API takes it (api/guild.hpp). Errors: those of the schema and of check_prefix;
  /// Errc::not_found.
  [[nodiscard]] net::Task<base::Result<database::GuildStore::Pointer>> update(GuildEditor editor,
                                                                              boost::json::value body);

 private:
  database::GuildStore& store_;
};

}  // namespace guildhall::domain
