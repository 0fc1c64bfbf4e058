#include "server/dashboard_files.hpp"
#include "server/errors.hpp"
#include "server/responses.hpp"
#include "server/routes/table.hpp"
#include "server/services.hpp"

namespace guildhall::server::routes {
namespace {

/// Scripts and styles come from us alone; images also from Discord.
constexpr std::string_view dashboard_security_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data: https://cdn.discordapp.com https://media.discordapp.net; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

}  // namespace

/// Every page is the same file, which looks at its address.
net::Task<net::Response> show_dashboard(Context& context) {
  constexpr AssetPolicy served{dashboard_security_policy, "no-cache"};
  const auto& base_path = context.services.origins.base_path;
  co_return page_response(*find_dashboard_file("index.html"), context.request, served, base_path, "assets");
}

net::Task<net::Response> show_dashboard_file(Context& context) {
  // A file's name has a hash of its content.
  constexpr AssetPolicy served{dashboard_security_policy, "public, max-age=31536000, immutable"};
  const auto* file = find_dashboard_file(context.params["file"]);
  if (file == nullptr || file->name == "index.html") co_return to_response(api::errors::no_such_path);
  co_return asset_response(*file, context.request, served);
}

/// The server's address leads to the documentation.
net::Task<net::Response> show_documentation(Context& context) {
  co_return redirect_response(context.services.origins.base_path + "/docs");
}

std::vector<Route> dashboard() {
  std::vector<Route> rows{
      {net::Method::get, "/assets/:file", Access::everyone, show_dashboard_file},
  };
  for (const std::string_view page : {"/", "/guilds", "/guilds/*", "/admin", "/admin/*", "/account"}) {
    rows.push_back({net::Method::get, page, Access::everyone, show_dashboard});
  }
  return rows;
}

std::vector<Route> no_dashboard() { return {{net::Method::get, "/", Access::everyone, show_documentation}}; }

}  // namespace guildhall::server::routes
