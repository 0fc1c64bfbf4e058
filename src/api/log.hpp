#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/openapi.hpp"
#include "api/query.hpp"
#include "database/models/log.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// The query of GET /api/logs; a member is empty if the query does not have it.
struct LogQuery {
  std::optional<base::LogLevel> level;
  std::optional<std::string> source;
  std::optional<database::LogId> before;
  std::size_t limit = 50;
};

/// An object of the parameters, all of them optional.
[[nodiscard]] const schema::Schema& log_query_schema();
/// As of `read_query`.
[[nodiscard]] base::Result<LogQuery> parse_log_query(const net::FormFields& query);

/// The same as the document shows them.
[[nodiscard]] std::vector<Parameter> log_query_parameters();

[[nodiscard]] const schema::Schema& log_page_schema();
/// `{"logs":[...],"next":...}`. `next` is where the next page begins; empty if there is none.
[[nodiscard]] std::string encode_log_page(const std::vector<database::Log>& logs, std::optional<database::LogId> next);

/// A log entry as in the list and in the Socket.IO event `log`.
[[nodiscard]] std::string encode(const database::Log& log);

}  // namespace guildhall::api
