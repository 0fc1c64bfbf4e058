#include "sim/pages/pages.hpp"

#include <array>
#include <string>
#include <vector>

#include "net/form.hpp"
#include "sim/answers.hpp"
#include "sim/oauth/authorize.hpp"
#include "sim/pages/authorize_page.hpp"
#include "sim/pages/landing_page.hpp"

extern "C" const char sim_style_begin[];
extern "C" const char sim_style_end[];
extern "C" const char sim_icon_begin[];
extern "C" const char sim_icon_end[];

namespace guildhall::sim {
namespace {

struct PageRoute {
  net::Method method;
  std::string_view pattern;
  net::Response (*handle)(Simulation& sim, const net::Request& request);
};

net::Response refuse(const AuthorizeProblem& problem) {
  if (problem.location) return redirect(*problem.location);
  return html_answer(400, error_page(problem.message));
}

net::Response show_landing(Simulation& sim, const net::Request&) { return html_answer(200, landing_page(sim.world)); }

net::Response show_authorize(Simulation& sim, const net::Request& request) {
  const auto fields = net::parse_form(request.query()).value_or(net::FormFields());
  const auto asked = parse_authorize_request(sim.world.application, fields);
  if (!asked) return refuse(asked.error());
  return html_answer(200, authorize_page(sim.world, *asked));
}

net::Response decide(Simulation& sim, const net::Request& request) {
  const auto fields = net::parse_form(request.body).value_or(net::FormFields());
  const auto asked = parse_authorize_request(sim.world.application, fields);
  if (!asked) return refuse(asked.error());
  if (net::find_field(fields, "decision") != "approve") return redirect(denied_location(*asked));
  const auto person = UserId::parse(net::find_field(fields, "person").value_or(""));
  if (!person || sim.world.find_person(*person) == nullptr) {
    return html_answer(400, error_page("Nobody of that id exists any more."));
  }
  return redirect(approve(sim, *asked, *person).location);
}

net::Response asset(std::string_view type, const char* begin, const char* end) {
  net::Response response;
  response.headers.add("Content-Type", type);
  response.headers.add("Cache-Control", "max-age=60");
  response.static_body = {begin, static_cast<std::size_t>(end - begin)};
  return response;
}

net::Response show_style(Simulation&, const net::Request&) {
  return asset("text/css; charset=utf-8", sim_style_begin, sim_style_end);
}

net::Response show_icon(Simulation&, const net::Request&) {
  return asset("image/svg+xml", sim_icon_begin, sim_icon_end);
}

constexpr auto routes = std::to_array<PageRoute>({
    {net::Method::get, "/", show_landing},
    {net::Method::get, "/oauth2/authorize", show_authorize},
    {net::Method::post, "/oauth2/authorize", decide},
    {net::Method::get, "/assets/style.css", show_style},
    {net::Method::get, "/assets/icon.svg", show_icon},
});

std::vector<net::RoutePattern> patterns() {
  std::vector<net::RoutePattern> all;
  for (const PageRoute& route : routes) all.push_back({route.method, route.pattern});
  return all;
}

}  // namespace

Pages::Pages(Simulation& sim) : sim_(sim), router_(patterns()) {}

net::Response Pages::handle(const net::Request& request) const {
  const auto match = router_.match(request.method, request.path());
  if (match.route) return routes[*match.route].handle(sim_, request);
  const unsigned status = match.allow.empty() ? 404 : 405;
  auto response = html_answer(status, error_page("There is no such page."));
  if (!match.allow.empty()) response.headers.add("Allow", match.allow);
  return response;
}

}  // namespace guildhall::sim
