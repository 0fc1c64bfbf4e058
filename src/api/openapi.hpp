#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/errors.hpp"
#include "schema/schema.hpp"

/// The OpenAPI 3.1 document, built from the routes and the documentation that each of them carries.
namespace guildhall::api {

/// Who may use a route.
enum class Access : std::uint8_t {
  everyone,
  session,        ///< Everyone who is logged in.
  guild_manager,  ///< Who may manage the guild that the path's `:id` names, in which the bot is.
  admin,          ///< Role ADMIN.
};

/// What a request may carry in its query or header.
struct Parameter {
  enum class Place : std::uint8_t { path, query, header };

  Place place{};
  std::string_view name;
  std::string_view description;
  schema::Schema schema;
  boost::json::value example;
  bool required = false;  ///< Those of the path always are.
};

[[nodiscard]] Parameter query_parameter(std::string_view name, std::string_view description, schema::Schema schema,
                                        boost::json::value example);
[[nodiscard]] Parameter if_match();
[[nodiscard]] Parameter if_none_match();

/// What an answer carries besides its body: an entry of components/headers.
enum class AnswerHeader : std::uint8_t { location, etag, retry_after, set_cookie, age, warning, www_authenticate };

/// A body with an example, of one or more media types.
struct Content {
  std::vector<std::string_view> types;
  schema::Schema schema;
  boost::json::value example;
};

/// `example` is JSON.
[[nodiscard]] Content json_content(const schema::Schema& schema, std::string_view example);
[[nodiscard]] Content text_content(std::string_view type, std::string_view description, std::string_view example);

struct Answer {
  unsigned status = 200;  ///< 0: any that is not listed.
  std::string description;
  std::vector<AnswerHeader> headers{};
  std::optional<Content> content{};
};

/// The documentation of a route, without what follows from its method, path and access: the parameters of the path,
/// and the errors that all such routes have.
struct Operation {
  std::string_view id;
  std::string_view tag;
  std::string_view summary;
  std::string_view description{};
  std::vector<Parameter> parameters{};
  std::optional<Content> body{};
  std::vector<Answer> answers;       ///< Those that are no errors.
  std::vector<KnownError> errors{};  ///< The route's own. The first one of a status is the example.
};

/// A route as the document shows it.
struct DocumentedRoute {
  std::string_view method;  ///< Upper case.
  std::string_view path;    ///< As a net::RoutePattern: `/api/guilds/:id`.
  Access access = Access::everyone;
  Operation operation;
};

/// `/api/guilds/:id` as the document writes it: `/api/guilds/{id}`.
[[nodiscard]] std::string path_template(std::string_view path);
/// The parameters of the path, then the operation's own.
[[nodiscard]] std::vector<Parameter> parameters_of(const DocumentedRoute& route);
/// All answers by status, rising: the operation's, its errors, and the errors that follow from the route.
[[nodiscard]] std::vector<Answer> answers_of(const DocumentedRoute& route);

/// The document as compact JSON; the same for the same arguments. `server_url` is where the API is, or `/` for where
/// the document came from. Takes milliseconds, so the caller keeps it.
[[nodiscard]] std::string openapi_document(std::span<const DocumentedRoute> routes, std::string_view server_url,
                                           std::string_view version);

}  // namespace guildhall::api
