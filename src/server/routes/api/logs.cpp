#include "server/routes/api/logs.hpp"

#include "api/log.hpp"
#include "database/models/log_repository.hpp"
#include "net/form.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {

net::Task<net::Response> list_logs(Context& context) {
  const auto fields = net::parse_form(context.request.query());
  if (!fields) co_return to_response({base::Errc::malformed, "The query is not well-formed."});
  const auto query = api::parse_log_query(*fields);
  if (!query) co_return to_response(query.error());

  database::LogFilter filter;
  filter.level = query->level.value_or(base::LogLevel::debug);
  filter.source = query->source;
  filter.before = query->before;
  filter.limit = query->limit + 1;  // One more tells whether there is another page.
  auto listing = context.services.logs.list(std::move(filter));
  auto found = co_await std::move(listing);
  std::optional<database::LogId> next;
  if (found.size() > query->limit) {
    found.pop_back();
    next = found.back().id;
  }
  co_return json_response(200, api::encode_log_page(found, next));
}

}  // namespace guildhall::server::routes
