#pragma once

#include <span>
#include <string>
#include <vector>

#include "api/openapi.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "database/models/command_use.hpp"
#include "net/form.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// Days of the query of GET /api/guilds/:id/stats, 1 to 90; 30 if it does not say. As of `read_query`.
[[nodiscard]] base::Result<long long> parse_stats_days(const net::FormFields& query);
/// The same as the document shows them.
[[nodiscard]] std::vector<Parameter> stats_parameters();

[[nodiscard]] const schema::Schema& guild_stats_schema();
/// The guild's uses by day and by command, for `days` days up to that of `now`. `uses` has no other days.
[[nodiscard]] std::string encode_guild_stats(std::span<const database::CommandUse> uses, base::Timestamp now,
                                             long long days);

}  // namespace guildhall::api
