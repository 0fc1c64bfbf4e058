#include "server/routes/health.hpp"

#include "api/health.hpp"
#include "database/database.hpp"
#include "database/errors.hpp"
#include "server/metrics.hpp"
#include "server/responses.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

net::Task<api::PartHealth> database_health(database::Database& database) {
  try {
    co_await database.ping();
    co_return api::PartHealth{api::PartState::up, ""};
  } catch (const database::Unavailable&) {
    co_return api::PartHealth{api::PartState::down, "The database does not answer."};
  }
}

}  // namespace

net::Task<net::Response> show_alive(Context&) { co_return json_response(200, api::encode_alive()); }

net::Task<net::Response> show_readiness(Context& context) {
  const auto database = co_await database_health(context.services.database);
  const auto bot = context.services.bot_health();
  const bool ready = database.state != api::PartState::down && bot.state != api::PartState::down;
  auto response = json_response(ready ? 200 : 503, api::encode_readiness(database, bot));
  if (!ready) response.headers.add("Retry-After", "5");
  co_return response;
}

net::Task<net::Response> show_metrics(Context& context) {
  net::Response response;
  response.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
  response.body = context.services.metrics.text();
  co_return response;
}

}  // namespace guildhall::server::routes
