#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "schema/schema.hpp"

namespace guildhall::api {

/// What a request may carry in its path, query or header.
struct Parameter {
  enum class Place : std::uint8_t { path, query, header };
  Place place{};
  std::string_view name;
  std::string_view description;
  schema::Schema schema;
  boost::json::value example;
};

/// What an answer carries besides its body: an entry of components/headers.
enum class AnswerHeader : std::uint8_t { location, etag, retry_after, set_cookie, age, warning, www_authenticate };

/// A body with an example, of one or more media types.
struct Content {
  std::vector<std::string_view> types;
  schema::Schema schema;
  boost::json::value example;
};

struct Answer {
  unsigned status = 200;  ///< 0: any that is not listed.
  std::string_view description;
  std::vector<AnswerHeader> headers;
  std::optional<Content> content;
};
using Answers = std::vector<Answer>;

/// A route as OpenAPI tells of it.
struct Operation {
  enum class Access : std::uint8_t { everyone, session };
  std::string_view method;  ///< Upper case.
  std::string_view path;    ///< Names in braces.
  std::string_view id;
  std::string_view tag;
  std::string_view summary;
  std::string_view description;
  Access access = Access::everyone;
  std::vector<Parameter> parameters;
  std::optional<Content> body;
  Answers answers;  ///< By status, rising.
};
using Operations = std::vector<Operation>;

/// `text` is JSON.
[[nodiscard]] Content json_content(const schema::Schema& schema, std::string_view text);
[[nodiscard]] Content text_content(std::string_view type, std::string_view description, std::string_view example);

/// An answer of status `status` with the body that `error` has. `headers` besides those that the status implies.
[[nodiscard]] Answer problem(unsigned status, std::string_view description, const base::Error& error);

/// All of them by status. Of two with one status the first stays.
[[nodiscard]] Answers merge(std::initializer_list<Answers> parts);

// What many operations have in common.
[[nodiscard]] Answers any_problem();           ///< What can befall every request. Every operation has these.
[[nodiscard]] Answers session_problems();      ///< Who is asking?
[[nodiscard]] Answers change_problems();       ///< A session that changes something.
[[nodiscard]] Answers discord_problems();      ///< Discord has to answer first.
[[nodiscard]] Answers json_body_problems();    ///< A body came.
[[nodiscard]] Answers guild_problems();        ///< A guild is named.
[[nodiscard]] Answers precondition_problem();  ///< If-Match may be given.

[[nodiscard]] Parameter guild_id();
[[nodiscard]] Parameter if_match();
[[nodiscard]] Parameter if_none_match();

[[nodiscard]] Operations auth_operations();
[[nodiscard]] Operations user_operations();
[[nodiscard]] Operations guild_operations();
[[nodiscard]] Operations command_operations();
[[nodiscard]] Operations log_operations();
[[nodiscard]] Operations service_operations();

}  // namespace guildhall::api
