#include "api/health.hpp"
#include "api/operation.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

constexpr std::string_view docs = "Documentation";
constexpr std::string_view health = "Health";

constexpr std::string_view ready = R"({"database": {"state": "up", "reason": null},
                                       "bot": {"state": "off", "reason": "No bot token is configured."}})";
constexpr std::string_view not_ready = R"({"database": {"state": "down", "reason": "The database does not answer."},
                                           "bot": {"state": "up", "reason": null}})";

constexpr std::string_view metrics = "# TYPE http_requests_total counter\nhttp_requests_total{status=\"200\"} 42\n";

Operation open(std::string_view path, std::string_view id, std::string_view tag, std::string_view summary,
               Answers answers) {
  return {
      .method = "GET",
      .path = path,
      .id = id,
      .tag = tag,
      .summary = summary,
      .description = "",
      .parameters = {},
      .body = {},
      .answers = merge({std::move(answers), any_problem()}),
  };
}

Operation show_docs() {
  Operation operation =
      open("/docs", "showDocs", docs, "This documentation, to read and try",
           {{200, "Swagger UI.", {AnswerHeader::etag}, text_content("text/html", "A page.", "<!doctype html>...")},
            {304, "As it was.", {AnswerHeader::etag}, {}}});
  operation.parameters = {if_none_match()};
  return operation;
}

Operation show_openapi() {
  static const Schema document = object({required("openapi", choice({"3.1.0"}))}).open();
  return open("/docs/openapi.json", "showOpenapi", docs, "This document",
              {{200, "OpenAPI 3.1.", {}, json_content(document, R"({"openapi": "3.1.0", "info": {}})")}});
}

}  // namespace

Operations service_operations() {
  return {
      show_docs(),
      show_openapi(),
      open("/healthz", "showAlive", health, "Whether the program runs",
           {{200, "It does.", {}, json_content(alive_schema(), encode_alive())}}),
      open("/readyz", "showReadiness", health, "Whether all that it needs is there",
           {{200, "Ready.", {}, json_content(readiness_schema(), ready)},
            {503, "Not ready.", {AnswerHeader::retry_after}, json_content(readiness_schema(), not_ready)}}),
      open("/metrics", "showMetrics", health, "Numbers for Prometheus",
           {{200, "Exposition format 0.0.4.", {}, text_content("text/plain", "Samples.", metrics)}}),
  };
}

}  // namespace guildhall::api
