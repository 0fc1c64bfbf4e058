#include "api/health.hpp"

#include "server/metrics.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/self_check.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

net::Task<api::PartHealth> database_health(const Services& services) {
  auto reason = co_await services.database_fault();
  const auto state = reason.empty() ? api::PartState::up : api::PartState::down;
  co_return api::PartHealth{state, std::move(reason)};
}

}  // namespace

net::Task<net::Response> show_alive(Context& context) {
  auto response = json_response(200, api::encode_alive());
  const auto& services = context.services;
  const auto told = answer_self_check(services.self_check_jwe, context.request, services.version, services.clock.now());
  if (told) response.headers.add(self_check_field, *told);
  co_return response;
}

net::Task<net::Response> show_readiness(Context& context) {
  const auto database = co_await database_health(context.services);
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

std::vector<Route> health() {
  constexpr std::string_view tag = "Health";
  constexpr std::string_view ready = R"({"database": {"state": "up", "reason": null},
                                         "bot": {"state": "off", "reason": "No bot token is configured."}})";
  constexpr std::string_view not_ready = R"({"database": {"state": "down", "reason": "The database does not answer."},
                                             "bot": {"state": "up", "reason": null}})";
  constexpr std::string_view metrics = "# TYPE http_requests_total counter\nhttp_requests_total{status=\"200\"} 42\n";
  return {
      {net::Method::get,
       "/healthz",
       Access::everyone,
       show_alive,
       {{.id = "showAlive",
         .tag = tag,
         .summary = "Whether the program runs",
         .answers = {{200, "It runs.", {}, api::json_content(api::alive_schema(), api::encode_alive())}}}}},
      {net::Method::get,
       "/readyz",
       Access::everyone,
       show_readiness,
       {{.id = "showReadiness",
         .tag = tag,
         .summary = "Whether everything that the program needs is available",
         .answers = {{200, "Ready.", {}, api::json_content(api::readiness_schema(), ready)},
                     {503,
                      "Not ready.",
                      {api::AnswerHeader::retry_after},
                      api::json_content(api::readiness_schema(), not_ready)}}}}},
      {net::Method::get,
       "/metrics",
       Access::everyone,
       show_metrics,
       {{.id = "showMetrics",
         .tag = tag,
         .summary = "Metrics for Prometheus",
         .answers = {{200, "Exposition format 0.0.4.", {}, api::text_content("text/plain", "Samples.", metrics)}}}}},
  };
}

}  // namespace guildhall::server::routes
