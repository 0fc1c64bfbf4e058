#include "api/errors.hpp"
#include "api/health.hpp"
#include "api/user.hpp"
#include "server/body.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

net::Task<net::Response> show_status(Context& context) {
  auto status = context.services.node_status();
  auto asking = context.services.database_fault();
  auto fault = co_await std::move(asking);
  status.database = {fault.empty() ? api::PartState::up : api::PartState::down, std::move(fault)};
  status.bot = context.services.bot_health();
  status.version = context.services.version;
  status.now = context.services.clock.now();
  co_return json_response(200, api::encode_node_status(status));
}

net::Task<net::Response> list_users(Context& context) {
  const auto fields = read_query(context.request);
  if (!fields) co_return to_response(fields.error());
  auto filter = api::parse_user_query(*fields);
  if (!filter) co_return to_response(filter.error());
  const auto limit = filter->limit++;  // One more tells whether there is another page.
  auto listing = context.services.list_users(*std::move(filter));
  auto found = co_await std::move(listing);
  std::optional<base::UserId> next;
  if (found.size() > limit) {
    found.pop_back();
    next = found.back().id;
  }
  co_return json_response(200, api::encode_user_page(found, next));
}

using RoleChange = std::function<net::Task<base::Result<void>>(base::UserId actor, base::UserId id)>;

/// The one role that people grant is ADMIN.
net::Task<net::Response> change_role(Context& context, const RoleChange& change) {
  if (context.params["role"] != database::admin_role) co_return to_response(api::errors::no_such_role);
  const auto id = base::UserId::parse(context.params["userId"]).value_or(base::UserId{});
  auto changing = change(context.session->user->id, id);
  const auto changed = co_await std::move(changing);
  if (!changed) co_return to_response(changed.error());
  co_return empty_response(204);
}

net::Task<net::Response> grant_role(Context& context) { return change_role(context, context.services.grant_admin); }

net::Task<net::Response> revoke_role(Context& context) { return change_role(context, context.services.revoke_admin); }

}  // namespace

std::vector<Route> admin() {
  namespace errors = api::errors;
  constexpr std::string_view tag = "Operations";
  constexpr std::string_view role = "/api/admin/users/:userId/roles/:role";
  constexpr std::string_view status = R"({
    "version": "1.0.0", "startedAt": "2026-01-31T12:34:56.789Z", "uptimeSeconds": 86400, "memoryBytes": 31457280,
    "database": {"dialect": "sqlite", "state": "up", "reason": null},
    "bot": {"state": "up", "reason": null},
    "shards": [{"id": 0, "state": "ready", "latencyMs": 41}],
    "identifyBudget": {"used": 1},
    "scriptHost": {"state": "up", "reason": null, "running": 0, "idle": 0, "waiting": 0}
  })";
  constexpr std::string_view users = R"({
    "users": [{"id": "2000000000000000001", "username": "ada", "globalName": "Ada", "avatar": null,
               "roles": [{"id": "1", "name": "ADMIN"}, {"id": "2", "name": "USER"}],
               "createdAt": "2026-01-31T12:34:56.789Z", "lastSeenAt": "2026-02-01T08:00:00.000Z"}],
    "next": null
  })";
  return {
      {net::Method::get,
       "/api/admin/status",
       Access::admin,
       show_status,
       {{.id = "showStatus",
         .tag = tag,
         .summary = "How this process is",
         .description = "From what `/readyz` and `/metrics` tell. A process without a bot has no shards.",
         .answers = {{200, "The state.", {}, api::json_content(api::node_status_schema(), status)}}}}},
      {net::Method::get,
       "/api/admin/users",
       Access::admin,
       list_users,
       {{.id = "listUsers",
         .tag = tag,
         .summary = "People who have logged in",
         .description = "Those with the highest ids first. A search disregards case, on SQLite that of ASCII letters.",
         .parameters = api::user_query_parameters(),
         .answers = {{200, "A page of people.", {}, api::json_content(api::user_page_schema(), users)}},
         .errors = {errors::field_required, errors::malformed_query}}}},
      {net::Method::put,
       role,
       Access::admin,
       grant_role,
       {{.id = "grantRole",
         .tag = tag,
         .summary = "Grant the role ADMIN",
         .description = "To somebody who has logged in, until it is revoked. Their sessions hold it within a second. "
                        "ADMIN_USER_IDS does not take it away.",
         .answers = {{204, "They hold the role."}},
         .errors = {errors::no_such_user, errors::no_such_role}}}},
      {net::Method::delete_,
       role,
       Access::admin,
       revoke_role,
       {{.id = "revokeRole",
         .tag = tag,
         .summary = "Revoke the role ADMIN",
         .description = "Their sessions lose it within a second. Nobody can take it from themselves, nor from somebody "
                        "whom ADMIN_USER_IDS names.",
         .answers = {{204, "They do not hold the role any more."}},
         .errors = {errors::no_such_user, errors::no_such_role, errors::own_role}}}},
  };
}

}  // namespace guildhall::server::routes
