#include "sim/control/control.hpp"

#include <array>
#include <boost/json/object.hpp>
#include <utility>
#include <vector>

#include "sim/answers.hpp"
#include "sim/control/behaviour_controls.hpp"
#include "sim/control/control_route.hpp"
#include "sim/control/gateway_controls.hpp"
#include "sim/control/interaction_controls.hpp"
#include "sim/control/message_controls.hpp"
#include "sim/control/rate_limit_controls.hpp"
#include "sim/control/traffic_controls.hpp"
#include "sim/control/world_controls.hpp"
#include "sim/world/object_reader.hpp"

namespace guildhall::sim {
namespace {

using enum net::Method;

// clang-format off
constexpr auto control_routes = std::to_array<ControlRoute>({
    {get,     "/sim/world",                        show_world},
    {post,    "/sim/reset",                        reset},
    {post,    "/sim/people",                       add_user},
    {patch,   "/sim/people/:id",                   change_user},
    {delete_, "/sim/people/:id",                   remove_user},
    {post,    "/sim/guilds",                       add_guild},
    {patch,   "/sim/guilds/:id",                   change_guild},
    {delete_, "/sim/guilds/:id",                   remove_guild},
    {put,     "/sim/guilds/:id/members/:user_id",  put_member},
    {patch,   "/sim/guilds/:id/members/:user_id",  put_member},
    {delete_, "/sim/guilds/:id/members/:user_id",  remove_member},
    {post,    "/sim/guilds/:id/roles",             add_role},
    {patch,   "/sim/guilds/:id/roles/:role_id",    change_role},
    {delete_, "/sim/guilds/:id/roles/:role_id",    remove_role},
    {post,    "/sim/guilds/:id/channels",          add_channel},
    {patch,   "/sim/guilds/:id/channels/:channel_id", change_channel},
    {delete_, "/sim/guilds/:id/channels/:channel_id", remove_channel},
    {post,    "/sim/guilds/bulk",                  add_guilds},
    {post,    "/sim/people/:id/channel",           open_direct_message},
    {get,     "/sim/channels/:id/messages",        list_channel_messages},
    {post,    "/sim/channels/:id/messages",        say},
    {patch,   "/sim/channels/:id/messages/:message_id", edit_message_as_user},
    {delete_, "/sim/channels/:id/messages/:message_id", delete_message_as_user},
    {put,     "/sim/channels/:id/messages/:message_id/reactions", react_as_user},
    {delete_, "/sim/channels/:id/messages/:message_id/reactions", take_back_reaction_as_user},
    {get,     "/sim/gateway",                      show_gateway},
    {patch,   "/sim/gateway",                      change_gateway},
    {post,    "/sim/gateway/harm",                 add_gateway_fault},
    {delete_, "/sim/gateway/harm",                 clear_gateway_faults},
    {post,    "/sim/gateway/events",               send_event},
    {get,     "/sim/gateway/flood",                list_floods},
    {post,    "/sim/gateway/flood",                add_flood},
    {delete_, "/sim/gateway/flood",                clear_floods},
    {get,     "/sim/faults",                       list_faults},
    {post,    "/sim/faults",                       add_fault},
    {delete_, "/sim/faults",                       clear_faults},
    {get,     "/sim/requests",                     list_requests},
    {delete_, "/sim/requests",                     clear_requests},
    {post,    "/sim/authorize",                    authorize},
    {patch,   "/sim/oauth",                        change_oauth},
    {post,    "/sim/interactions",                 add_interaction},
    {get,     "/sim/interactions/:id",             show_interaction},
    {get,     "/sim/rate-limits",                  show_rate_limits},
    {patch,   "/sim/rate-limits",                  change_rate_limits},
    {get,     "/sim/behaviour",                    show_behaviour},
    {patch,   "/sim/behaviour",                    change_behaviour},
    {post,    "/sim/commands",                     add_application_command},
});
// clang-format on

struct Status {
  unsigned status;
  std::string_view code;
};

Status status_of(base::Errc code) {
  switch (code) {
    case base::Errc::malformed: return {400, "malformed"};
    case base::Errc::not_found: return {404, "not_found"};
    case base::Errc::conflict: return {409, "conflict"};
    case base::Errc::too_large: return {413, "too_large"};
    default: return {422, "invalid"};
  }
}

net::Response refuse_control(unsigned status, std::string_view code, std::string_view message,
                             std::string_view field = {}) {
  boost::json::object body{{"error", message}, {"code", code}};
  if (!field.empty()) body["field"] = field;
  return json_answer(status, body);
}

}  // namespace

boost::json::value ControlCall::json() const {
  auto parsed = parse_json(request.body);
  if (!parsed) throw base::ErrorException(parsed.error());
  return std::move(*parsed);
}

void require(const base::Result<void>& result) {
  if (!result) throw base::ErrorException(result.error());
}

void throw_not_found(std::string message) {
  throw base::ErrorException({base::Errc::not_found, std::move(message), {}, {}});
}

void throw_conflict(std::string message) {
  throw base::ErrorException({base::Errc::conflict, std::move(message), {}, {}});
}

Control::Control(Simulation& sim) : sim_(sim), router_(net::patterns_of(control_routes)) {}

bool Control::owns(std::string_view path) { return path == "/sim" || path.starts_with("/sim/"); }

net::Response Control::handle(const net::Request& request) const {
  const auto match = router_.match(request.method, request.path());
  if (match.route) {
    try {
      return control_routes[*match.route].handle({sim_, request, match.params});
    } catch (const base::ErrorException& failure) {
      const auto& error = failure.error();
      const auto [status, code] = status_of(error.code);
      return refuse_control(status, code, error.message, error.field);
    }
  }
  if (match.allow.empty()) return refuse_control(404, "not_found", "There is no such route.");
  auto response = refuse_control(405, "method_not_allowed", "This route does not have that method.");
  response.headers.add("Allow", match.allow);
  return response;
}

}  // namespace guildhall::sim
