#include "server/login_page.hpp"

#include <string>

#include "base/text.hpp"

namespace guildhall::server {
namespace {

/// The style is written into the page; nothing else is loaded, and no script runs.
constexpr std::string_view content_security_policy =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

constexpr std::string_view page_style =
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:15vh auto;padding:0 1rem}"
    "a.button{display:inline-block;margin-right:1rem;padding:.5rem 1rem;border-radius:.25rem;background:#4752c4;"
    "color:#fff;text-decoration:none}";

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace

bool wants_page(const net::Request& request) {
  const auto accept = request.headers.find("Accept").value_or("");
  return accept.find("text/html") != std::string_view::npos;
}

void show_login_page(net::Response& response, const LoginPage& page) {
  std::string body =
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n";
  body.append("<title>")
      .append(escape_html(page.title))
      .append("</title>\n<style>")
      .append(page_style)
      .append("</style>\n");
  body.append("<main>\n<h1>").append(escape_html(page.title)).append("</h1>\n");
  body.append("<p>").append(escape_html(page.sentence)).append("</p>\n");
  body.append("<p><a class=\"button\" href=\"").append(escape_html(page.again)).append("\">Log in again</a>\n");
  body.append("<a href=\"").append(escape_html(page.home)).append("\">Back to guildhall</a></p>\n</main>\n</html>\n");
  response.headers.set("Content-Type", "text/html; charset=utf-8");
  response.headers.set("Content-Security-Policy", content_security_policy);
  response.body = std::move(body);
}

}  // namespace guildhall::server
