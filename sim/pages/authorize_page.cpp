#include "sim/pages/authorize_page.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "sim/pages/html.hpp"

namespace guildhall::sim {
namespace {

void add_hidden(Html& html, std::string_view name, std::string_view value) {
  html.raw("<input type=\"hidden\" name=\"").raw(name).raw("\" value=\"").text(value).raw("\">\n");
}

void add_header(Html& html, const Application& application) {
  html.raw("<header>\n");
  add_avatar(html, application.name);
  html.raw("<p class=\"muted\">An external application</p>\n<h1>").text(application.name).raw("</h1>\n");
  html.raw("<p class=\"muted\">wants to access your account</p>\n</header>\n");
}

void add_scopes(Html& html, const Application& application, const Scopes& scopes) {
  html.raw("<section>\n<h2>This will allow ").text(application.name).raw(" to</h2>\n<ul class=\"scopes\">\n");
  for (const ScopeInfo& scope : known_scopes()) {
    if (!holds(scopes, scope.name)) continue;
    html.raw("<li title=\"").text(scope.name).raw("\">").text(scope.grants).raw("</li>\n");
  }
  html.raw("</ul>\n</section>\n");
}

void add_user(Html& html, const User& user, bool chosen) {
  html.raw("<label class=\"person\"><input type=\"radio\" name=\"person\" required value=\"");
  html.text(user.id.to_string()).raw(chosen ? "\" checked>" : "\">");
  add_avatar(html, user.username);
  html.raw("<span><b>").text(user.global_name.value_or(user.username)).raw("</b><small>");
  html.text(user.username).raw("</small></span></label>\n");
}

void add_people_to_choose(Html& html, const World& world) {
  html.raw("<fieldset>\n<legend>Who are you?</legend>\n<div class=\"people\">\n");
  bool chosen = true;
  for (const auto& [id, user] : world.users()) {
    add_user(html, user, chosen);
    chosen = false;
  }
  html.raw("</div>\n</fieldset>\n");
}

std::string uri_origin(std::string_view uri) {
  const auto parsed = boost::urls::parse_uri(uri);
  return parsed ? std::string(parsed->encoded_origin()) : std::string(uri);
}

}  // namespace

std::string authorize_page(const World& world, const AuthorizeRequest& request) {
  Html html;
  html.raw("<main class=\"dialog\">\n<form method=\"post\" action=\"/oauth2/authorize\">\n");
  add_hidden(html, "response_type", "code");
  add_hidden(html, "client_id", request.client.to_string());
  add_hidden(html, "redirect_uri", request.redirect_uri);
  add_hidden(html, "scope", to_string(request.scopes));
  if (request.state) add_hidden(html, "state", *request.state);
  add_header(html, world.application);
  add_people_to_choose(html, world);
  add_scopes(html, world.application, request.scopes);
  html.raw("<p class=\"note\">Once you authorize, you will be sent to <b>");
  html.text(uri_origin(request.redirect_uri)).raw("</b></p>\n<footer>\n");
  html.raw("<button name=\"decision\" value=\"deny\" class=\"quiet\" formnovalidate>Cancel</button>\n");
  html.raw("<button name=\"decision\" value=\"approve\" class=\"primary\">Authorize</button>\n");
  html.raw("</footer>\n</form>\n</main>\n<p class=\"imprint\">discord-sim, a stand-in for Discord</p>");
  return page("Authorize " + world.application.name, "card", html);
}

std::string error_page(std::string_view message) {
  Html html;
  html.raw("<main class=\"dialog\">\n<header>\n<span class=\"avatar failed\" aria-hidden=\"true\">!</span>\n");
  html.raw("<h1>This does not work</h1>\n<p class=\"muted\">").text(message).raw("</p>\n</header>\n</main>\n");
  html.raw("<p class=\"imprint\">discord-sim, a stand-in for Discord</p>");
  return page("Error", "card", html);
}

}  // namespace guildhall::sim
