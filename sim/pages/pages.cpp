#include "sim/pages/pages.hpp"

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "net/form.hpp"
#include "sim/answers.hpp"
#include "sim/oauth/authorize.hpp"
#include "sim/pages/assets.hpp"
#include "sim/pages/authorize_page.hpp"
#include "sim/pages/channel_page.hpp"
#include "sim/pages/landing_page.hpp"

namespace guildhall::sim {
namespace {

/// A request as the handler of its page sees it.
struct PageCall {
  Simulation& sim;
  LiveChannels& live;
  const net::Request& request;
  const net::PathParams& params;
};

struct PageRoute {
  net::Method method;
  std::string_view path;
  net::Response (*handle)(const PageCall& call);
};

net::Response no_such_page() { return html_answer(404, error_page("There is no such page.")); }

net::Response refuse_page(const AuthorizeProblem& problem) {
  if (problem.location) return redirect(*problem.location);
  return html_answer(400, error_page(problem.message));
}

net::Response show_landing(const PageCall& call) { return html_answer(200, landing_page(call.sim.world)); }

net::Response show_authorize(const PageCall& call) {
  const auto fields = net::parse_form(call.request.query()).value_or(net::FormFields());
  const auto asked = parse_authorize_request(call.sim.world.application, fields);
  if (!asked) return refuse_page(asked.error());
  return html_answer(200, authorize_page(call.sim.world, *asked));
}

net::Response decide(const PageCall& call) {
  const auto fields = net::parse_form(call.request.body).value_or(net::FormFields());
  const auto asked = parse_authorize_request(call.sim.world.application, fields);
  if (!asked) return refuse_page(asked.error());
  if (net::find_field(fields, "decision") != "approve") return redirect(denied_location(*asked));
  const auto user = UserId::parse(net::find_field(fields, "person").value_or(""));
  if (!user || call.sim.world.find_user(*user) == nullptr) {
    return html_answer(400, error_page("Nobody of that id exists any more."));
  }
  return redirect(approve(call.sim, *asked, *user).location);
}

/// The guild and channel that the path names; nullptr for both where they do not belong together.
std::pair<const Guild*, const Channel*> find_channel(const PageCall& call) {
  const auto guild_id = GuildId::parse(call.params["guild_id"]);
  const auto channel_id = ChannelId::parse(call.params["channel_id"]);
  const Guild* guild = guild_id ? call.sim.world.find_guild(*guild_id) : nullptr;
  if (guild == nullptr || !channel_id || !guild->channels.contains(*channel_id)) return {nullptr, nullptr};
  return {guild, &guild->channels.at(*channel_id)};
}

net::Response show_channel(const PageCall& call) {
  const auto [guild, channel] = find_channel(call);
  if (guild == nullptr) return no_such_page();
  return script_page_answer(channel_page(call.sim.world, *guild, *channel));
}

net::Response open_live_channel(const PageCall& call) {
  const auto [guild, channel] = find_channel(call);
  if (guild == nullptr) return no_such_page();
  const auto fields = net::parse_form(call.request.query()).value_or(net::FormFields());
  const auto user = UserId::parse(net::find_field(fields, "person").value_or(""));
  return call.live.open(call.request, guild->id, channel->id, user);
}

net::Response show_asset(const PageCall& call) {
  auto asset = find_asset(call.params["*"]);
  return asset ? std::move(*asset) : no_such_page();
}

/// A file of a message, as from Discord's CDN.
net::Response show_attachment(const PageCall& call) {
  const auto id = AttachmentId::parse(call.params["attachment_id"]);
  const StoredFile* file = id ? call.sim.attachments.find(*id) : nullptr;
  if (file == nullptr || file->name != call.params["filename"]) return no_such_page();
  net::Response response;
  response.headers.add("Content-Type", file->content_type.empty() ? "application/octet-stream" : file->content_type);
  // Nothing that was uploaded is ever a page of ours.
  response.headers.add("Content-Security-Policy", "sandbox");
  response.headers.add("X-Content-Type-Options", "nosniff");
  response.body = file->bytes;
  return response;
}

constexpr auto page_routes = std::to_array<PageRoute>({
    {net::Method::get, "/", show_landing},
    {net::Method::get, "/oauth2/authorize", show_authorize},
    {net::Method::post, "/oauth2/authorize", decide},
    {net::Method::get, "/channels/:guild_id/:channel_id", show_channel},
    {net::Method::get, "/channels/:guild_id/:channel_id/live", open_live_channel},
    {net::Method::get, "/assets/*", show_asset},
    {net::Method::get, "/attachments/:channel_id/:attachment_id/:filename", show_attachment},
});

}  // namespace

Pages::Pages(Simulation& sim, net::Executor executor)
    : sim_(sim), live_(sim, std::move(executor)), router_(net::patterns_of(page_routes)) {}

net::Response Pages::handle(const net::Request& request) {
  const auto match = router_.match(request.method, request.path());
  if (match.route) return page_routes[*match.route].handle({sim_, live_, request, match.params});
  auto response = no_such_page();
  if (match.allow.empty()) return response;
  response.status = 405;
  response.headers.add("Allow", match.allow);
  return response;
}

}  // namespace guildhall::sim
