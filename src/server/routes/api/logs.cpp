#include "api/log.hpp"
#include "database/models/log_repository.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> list_logs(Context& context) {
  const auto fields = read_query(context.request);
  if (!fields) co_return to_response(fields.error());
  const auto query = api::parse_log_query(*fields);
  if (!query) co_return to_response(query.error());

  database::LogFilter filter;
  filter.level = query->level.value_or(base::LogLevel::debug);
  filter.source = query->source;
  filter.before = query->before;
  filter.limit = query->limit + 1;  // One more tells whether there is another page.
  auto listing = context.services.list_logs(std::move(filter));
  auto found = co_await std::move(listing);
  std::optional<database::LogId> next;
  if (found.size() > query->limit) {
    found.pop_back();
    next = found.back().id;
  }
  co_return json_response(200, api::encode_log_page(found, next));
}

std::vector<Route> logs() {
  constexpr std::string_view page = R"({
    "logs": [
      {"id": 140123456789012, "level": "error", "source": "web",
       "message": "A handler failed request=3f2a9c0de1b47586 path=/api/guilds/3000000000000000001 reason=\"no such table\"",
       "timestamp": "2026-01-31T12:34:56.789Z",
       "stacktrace": "at guildhall::server::routes::show_guild (src/server/routes/api/guilds.cpp:21)\n",
       "log_type": "error", "log_time": "2026-01-31 12:34:56.789"},
      {"id": 140123456700000, "level": "info", "source": "app", "message": "Stopping",
       "timestamp": "2026-01-31T12:34:35.104Z", "log_type": "info", "log_time": "2026-01-31 12:34:35.104"}
    ],
    "next": 140123456700000
  })";
  return {
      {net::Method::get,
       "/api/logs",
       Access::admin,
       list_logs,
       {{.id = "listLogs",
         .tag = "Logs",
         .summary = "The server's log",
         .description = "Newest entries first. A new entry appears within half a second, and is deleted after "
                        "LOG_RETENTION_DAYS.",
         .parameters = api::log_query_parameters(),
         .answers = {{200, "A page of the log.", {}, api::json_content(api::log_page_schema(), page)}},
         .errors = {api::errors::field_required, api::errors::malformed_query}}}},
  };
}

}  // namespace guildhall::server::routes
