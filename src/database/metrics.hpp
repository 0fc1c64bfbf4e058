#pragma once

#include "base/metrics.hpp"

namespace guildhall::database {

class CommandRepository;
class Database;
class GuildRepository;
class UserRepository;

/// Jobs, queues, transactions and the change feed. Any thread, as the next.
[[nodiscard]] base::MetricFamilies metrics(const Database& database);

/// Caches of rows.
[[nodiscard]] base::MetricFamilies metrics(const UserRepository& users, const GuildRepository& guilds,
                                           const CommandRepository& commands);

}  // namespace guildhall::database
