#include "server/docs_page/assets.hpp"

#include <zlib.h>

#include <array>
#include <cstdio>
#include <stdexcept>

// cmake/embed.cmake puts these into the program.
extern "C" {
extern const char swagger_index_html_begin[], swagger_index_html_end[];
extern const char swagger_start_js_begin[], swagger_start_js_end[];
extern const char swagger_ui_css_begin[], swagger_ui_css_end[];
extern const char swagger_ui_bundle_js_begin[], swagger_ui_bundle_js_end[];
extern const char swagger_favicon_png_begin[], swagger_favicon_png_end[];
}

namespace guildhall::server {
namespace {

/// Enough to tell the files of two versions apart.
std::string tag_of(std::string_view bytes) {
  const auto checksum = ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "\"%zx-%lx\"", bytes.size(), checksum);
  return {text.data(), static_cast<std::size_t>(length)};
}

Asset make(std::string_view name, std::string_view content_type, const char* begin, const char* end) {
  const std::string_view gzip(begin, static_cast<std::size_t>(end - begin));
  return {name, content_type, gzip, tag_of(gzip)};
}

const std::array<Asset, 5>& assets() {
  static const std::array all{
      make("index.html", "text/html; charset=utf-8", swagger_index_html_begin, swagger_index_html_end),
      make("start.js", "text/javascript; charset=utf-8", swagger_start_js_begin, swagger_start_js_end),
      make("swagger-ui.css", "text/css; charset=utf-8", swagger_ui_css_begin, swagger_ui_css_end),
      make("swagger-ui-bundle.js", "text/javascript; charset=utf-8", swagger_ui_bundle_js_begin,
           swagger_ui_bundle_js_end),
      make("favicon-32x32.png", "image/png", swagger_favicon_png_begin, swagger_favicon_png_end),
  };
  return all;
}

}  // namespace

const Asset* find_asset(std::string_view name) {
  for (const Asset& asset : assets()) {
    if (asset.name == name) return &asset;
  }
  return nullptr;
}

std::string unpack(const Asset& asset) {
  z_stream stream{};
  constexpr int gzip_format = 15 + 16;
  if (::inflateInit2(&stream, gzip_format) != Z_OK) throw std::bad_alloc();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(asset.gzip.data()));  // zlib does not write there
  stream.avail_in = static_cast<uInt>(asset.gzip.size());
  std::string bytes;
  std::array<char, 64 * 1024> part{};
  int state = Z_OK;
  while (state == Z_OK) {
    stream.next_out = reinterpret_cast<Bytef*>(part.data());
    stream.avail_out = static_cast<uInt>(part.size());
    state = ::inflate(&stream, Z_NO_FLUSH);
    bytes.append(part.data(), part.size() - stream.avail_out);
  }
  ::inflateEnd(&stream);
  if (state != Z_STREAM_END) throw std::runtime_error("an embedded file is damaged");
  return bytes;
}

}  // namespace guildhall::server
