#include "api/log.hpp"
#include "api/operation.hpp"
#include "schema/schema_node.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using base::Errc;

constexpr std::string_view tag = "Logs";

constexpr std::string_view example_page = R"({
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

Parameter parameter(std::string_view name, std::string_view description, boost::json::value example) {
  return {Parameter::Place::query, name, description, log_query_schema().node().find(name)->schema, std::move(example)};
}

}  // namespace

Operations log_operations() {
  return {{
      .method = "GET",
      .path = "/api/logs",
      .id = "listLogs",
      .tag = tag,
      .summary = "What the program has logged",
      .description = "Newest first, for role ADMIN. New ones are here within half a second; they leave after "
                     "LOG_RETENTION_DAYS.",
      .access = Operation::Access::session,
      .parameters = {parameter("level", "This level and those that are more severe; all where absent.", "warn"),
                     parameter("source", "One part alone; all where absent.", "web"),
                     parameter("before", "Older than the log of this id: `next` of the page before.", 140123456700000),
                     parameter("limit", "How many at most.", 50)},
      .body = {},
      .answers = merge({{{200, "A page of logs.", {}, json_content(log_page_schema(), example_page)},
                         problem(403, "The person does not hold role ADMIN.",
                                 {Errc::forbidden, "Only an ADMIN may do that.", "", {}}),
                         problem(422, "A parameter has a wrong value, or is there twice.",
                                 base::invalid("/limit", "Must be at most 200."))},
                        session_problems(),
                        any_problem()}),
  }};
}

}  // namespace guildhall::api
