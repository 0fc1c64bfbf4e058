#pragma once

#include <span>
#include <string>
#include <string_view>

namespace guildhall::api {

/// A route that the document describes.
struct DocumentedRoute {
  std::string_view method;  ///< Upper case.
  std::string_view path;    ///< As the document writes it: `/api/guilds/{id}`.
};

/// All of them, in the document's order.
[[nodiscard]] std::span<const DocumentedRoute> documented_routes();

/// The path as a route table writes it: `/api/guilds/:id`.
[[nodiscard]] std::string to_route_pattern(std::string_view path);

/// The OpenAPI 3.1 document as compact JSON; the same for the same arguments. `server_url` is where the API is, or `/`
/// for where the document came from. Takes milliseconds: ask once and keep it.
[[nodiscard]] std::string openapi_document(std::string_view server_url, std::string_view version);

}  // namespace guildhall::api
