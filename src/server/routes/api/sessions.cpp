#include "server/sessions.hpp"

#include "api/user.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

net::Task<net::Response> list_sessions(Context& context) {
  const auto& claims = *context.session->claims;
  const auto sessions = co_await context.services.sessions.list(claims.id);
  co_return json_response(200, api::encode(sessions, claims.session_id));
}

net::Task<net::Response> end_session(Context& context) {
  auto ending = context.services.sessions.end(context.session->user->id, std::string(context.params["sessionId"]));
  const bool ended = co_await std::move(ending);
  co_return ended ? empty_response(204) : to_response(api::errors::no_such_session);
}

net::Task<net::Response> end_other_sessions(Context& context) {
  co_await context.services.sessions.end_others(*context.session->claims);
  co_return empty_response(204);
}

}  // namespace

std::vector<Route> sessions() {
  constexpr std::string_view tag = "Users";
  constexpr std::string_view path = "/api/users/me/sessions";
  constexpr std::string_view example = R"([{
    "id": "9f86d081884c7d659a2feaa0c55ad015", "browser": "Firefox on Linux", "createdAt": "2026-01-31T12:34:56.789Z",
    "lastSeenAt": "2026-02-01T08:00:00.000Z", "expiresAt": "2026-02-07T12:34:56.000Z", "current": true
  }])";
  return {
      {net::Method::get,
       path,
       Access::session,
       list_sessions,
       {{.id = "listSessions",
         .tag = tag,
         .summary = "Where the person is logged in",
         .description = "At most 100, those seen last first.",
         .answers = {{200, "The sessions.", {}, api::json_content(api::sessions_schema(), example)}}}}},
      {net::Method::delete_,
       path,
       Access::session,
       end_other_sessions,
       {{.id = "endOtherSessions",
         .tag = tag,
         .summary = "Log out everywhere else",
         .description = "Ends all sessions of the person but the one that asks, on every node.",
         .answers = {{204, "They have ended."}}}}},
      {net::Method::delete_,
       "/api/users/me/sessions/:sessionId",
       Access::session,
       end_session,
       {{.id = "endSession",
         .tag = tag,
         .summary = "Log out somewhere",
         .description = "Ends one session of the person, on every node. Its WebSockets are closed.",
         .answers = {{204, "It has ended."}},
         .errors = {api::errors::no_such_session}}}},
  };
}

}  // namespace guildhall::server::routes
