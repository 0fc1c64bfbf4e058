#include "server/docs_page/assets.hpp"

#include <algorithm>
#include <array>

// cmake/embed.cmake puts these into the program.
extern "C" {
extern const char swagger_index_html_begin[], swagger_index_html_end[];
extern const char swagger_start_js_begin[], swagger_start_js_end[];
extern const char swagger_ui_css_begin[], swagger_ui_css_end[];
extern const char swagger_ui_bundle_js_begin[], swagger_ui_bundle_js_end[];
extern const char swagger_favicon_png_begin[], swagger_favicon_png_end[];
}

namespace guildhall::server {

const Asset* find_docs_asset(std::string_view name) {
  static const std::array all{
      make_asset("index.html", {swagger_index_html_begin, swagger_index_html_end}),
      make_asset("start.js", {swagger_start_js_begin, swagger_start_js_end}),
      make_asset("swagger-ui.css", {swagger_ui_css_begin, swagger_ui_css_end}),
      make_asset("swagger-ui-bundle.js", {swagger_ui_bundle_js_begin, swagger_ui_bundle_js_end}),
      make_asset("favicon-32x32.png", {swagger_favicon_png_begin, swagger_favicon_png_end}),
  };
  const auto* const found = std::ranges::find(all, name, &Asset::name);
  return found == all.end() ? nullptr : found;
}

}  // namespace guildhall::server
