#include "api/openapi.hpp"
#include "server/docs_page/assets.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

/// Swagger UI needs styles written into elements and images as data; scripts come from us alone.
constexpr std::string_view content_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr AssetPolicy policy{content_security_policy, "no-cache"};

}  // namespace

net::Task<net::Response> show_docs(Context& context) {
  const auto& base_path = context.services.origins.base_path;
  co_return page_response(*find_docs_asset("index.html"), context.request, policy, base_path, "docs");
}

net::Task<net::Response> show_openapi(Context& context) {
  auto response = json_response(200, "");
  response.shared_body = context.services.openapi;
  co_return response;
}

net::Task<net::Response> show_docs_file(Context& context) {
  const auto* asset = find_docs_asset(context.params["file"]);
  if (asset == nullptr) co_return to_response(api::errors::no_such_path);
  co_return asset_response(*asset, context.request, policy);
}

std::vector<Route> docs() {
  static const auto document = schema::object({schema::required("openapi", schema::choice({"3.1.0"}))}).open();
  constexpr std::string_view tag = "Documentation";
  using api::AnswerHeader;
  return {
      {net::Method::get,
       "/docs",
       Access::everyone,
       show_docs,
       {{.id = "showDocs",
         .tag = tag,
         .summary = "This documentation, to read and try",
         .parameters = {api::if_none_match()},
         .answers = {{200,
                      "Swagger UI.",
                      {AnswerHeader::etag},
                      api::text_content("text/html", "A page.", "<!doctype html>...")},
                     {304, "The client has this version.", {AnswerHeader::etag}}}}}},
      {net::Method::get,
       "/docs/openapi.json",
       Access::everyone,
       show_openapi,
       {{.id = "showOpenapi",
         .tag = tag,
         .summary = "This document",
         .answers = {{200, "OpenAPI 3.1.", {}, api::json_content(document, R"({"openapi": "3.1.0", "info": {}})")}}}}},
      {net::Method::get, "/docs/:file", Access::everyone, show_docs_file},
  };
}

}  // namespace guildhall::server::routes
