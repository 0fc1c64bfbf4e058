#include "api/guild.hpp"
#include "api/operation.hpp"
#include "api/user.hpp"

namespace guildhall::api {
using namespace schema;
namespace {

using base::Errc;

constexpr std::string_view tag = "Users";

constexpr std::string_view example_user = R"({
  "id": "2000000000000000001", "username": "ada", "globalName": "Ada", "avatar": null, "email": "ada@example.org",
  "roles": [{"id": "1", "name": "ADMIN"}],
  "createdAt": "2026-01-31T12:34:56.789Z", "updatedAt": "2026-01-31T12:34:56.789Z"
})";

constexpr std::string_view example_guilds = R"([
    {"id": "3000000000000000001", "name": "Ada's Workshop", "icon": null, "owner": true, "permissions": "2147483647",
     "manageable": true, "botInGuild": true, "prefix": "!", "language": "en"},
    {"id": "3000000000000000003", "name": "Quiet Corner", "icon": null, "owner": false, "permissions": "0",
     "manageable": false, "botInGuild": false}
])";

}  // namespace

Operations user_operations() {
  return {
      {
          .method = "GET",
          .path = "/api/users/me",
          .id = "showMe",
          .tag = tag,
          .summary = "Who is logged in",
          .description = "As Discord described the person at the last login.",
          .access = Operation::Access::session,
          .parameters = {},
          .body = {},
          .answers = merge({{{200, "The person.", {}, json_content(user_schema(), example_user)}},
                            session_problems(),
                            any_problem()}),
      },
      {
          .method = "GET",
          .path = "/api/users/me/guilds",
          .id = "listMyGuilds",
          .tag = tag,
          .summary = "The person's guilds",
          .description = "From Discord, remembered for a short while. While Discord limits us or is away an older list "
                         "is shown, marked by the field Warning.",
          .access = Operation::Access::session,
          .parameters = {},
          .body = {},
          .answers = merge({{{200,
                              "The guilds.",
                              {AnswerHeader::age, AnswerHeader::warning},
                              json_content(user_guilds_schema(), example_guilds)},
                             problem(403, "The login did not ask for scope `guilds`.",
                                     {Errc::forbidden, "This login may not list guilds; log in again.", "", {}})},
                            discord_problems(),
                            session_problems(),
                            any_problem()}),
      },
  };
}

}  // namespace guildhall::api
