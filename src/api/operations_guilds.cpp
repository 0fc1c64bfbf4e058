#include "api/example_command.hpp"
#include "api/guild.hpp"
#include "api/operation.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

constexpr std::string_view tag = "Guilds";

Answer guild_answer(std::string_view description) {
  const std::string example = R"({"id": "3000000000000000001", "name": "Ada's Workshop", "icon": null, "prefix": "!",
    "language": "en", "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z",
    "commands": [)" + std::string(example_command) +
                              "]}";
  return {200, description, {}, json_content(guild_schema(), example)};
}

/// PUT and PATCH differ in name only: prefix and language have no absent form that PUT could bring about.
Operation change_guild(std::string_view method, std::string_view id) {
  return {
      .method = method,
      .path = "/api/guilds/{id}",
      .id = id,
      .tag = tag,
      .summary = "Change a guild's settings",
      .description = "Changes what is given.",
      .access = Operation::Access::session,
      .parameters = {guild_id()},
      .body = json_content(guild_update_schema(), R"({"prefix": "?", "language": "pt-BR"})"),
      .answers = merge({{guild_answer("The guild as it is now."),
                         problem(422, "Another field, a value that cannot be, or a prefix that a trigger begins with.",
                                 base::invalid("/prefix", "Must be at most 10 characters; this has 11."))},
                        guild_problems(),
                        json_body_problems(),
                        any_problem()}),
  };
}

}  // namespace

Operations guild_operations() {
  return {
      {
          .method = "GET",
          .path = "/api/guilds/{id}",
          .id = "showGuild",
          .tag = tag,
          .summary = "A guild's settings and commands",
          .description = "",
          .access = Operation::Access::session,
          .parameters = {guild_id()},
          .body = {},
          .answers = merge({{guild_answer("The guild.")}, guild_problems(), any_problem()}),
      },
      change_guild("PUT", "replaceGuildSettings"),
      change_guild("PATCH", "changeGuildSettings"),
  };
}

}  // namespace guildhall::api
