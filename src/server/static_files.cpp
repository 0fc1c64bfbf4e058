#include "server/static_files.hpp"

#include <zlib.h>

#include <array>
#include <cstdio>
#include <new>
#include <stdexcept>
#include <utility>

namespace guildhall::server {
namespace {

/// Enough to tell the files of two versions apart.
std::string tag_of(std::string_view bytes) {
  const auto checksum = ::crc32(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
  std::array<char, 32> text{};
  const int length = std::snprintf(text.data(), text.size(), "\"%zx-%lx\"", bytes.size(), checksum);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string_view content_type_of(std::string_view name) {
  constexpr std::array types{
      std::pair<std::string_view, std::string_view>{".html", "text/html; charset=utf-8"},
      std::pair<std::string_view, std::string_view>{".js", "text/javascript; charset=utf-8"},
      std::pair<std::string_view, std::string_view>{".css", "text/css; charset=utf-8"},
      std::pair<std::string_view, std::string_view>{".json", "application/json"},
      std::pair<std::string_view, std::string_view>{".svg", "image/svg+xml"},
      std::pair<std::string_view, std::string_view>{".png", "image/png"},
  };
  for (const auto& [ending, type] : types) {
    if (name.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

}  // namespace

Asset make_asset(std::string_view name, std::string_view gzip) {
  return {name, content_type_of(name), gzip, tag_of(gzip)};
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

net::Response asset_response(const Asset& asset, const net::Request& request, const AssetPolicy& policy) {
  net::Response response;
  const auto known = request.headers.find("If-None-Match");
  if (known && *known == asset.entity_tag) response.status = 304;
  response.headers.add("ETag", asset.entity_tag);
  response.headers.add("Cache-Control", policy.cache_control);
  response.headers.add("Content-Type", asset.content_type);
  response.headers.add("Content-Security-Policy", policy.content_security_policy);
  response.headers.add("Vary", "Accept-Encoding");
  if (response.status == 304) return response;
  const auto encodings = request.headers.find("Accept-Encoding").value_or("");
  if (encodings.find("gzip") != std::string_view::npos) {
    response.headers.add("Content-Encoding", "gzip");
    response.static_body = asset.gzip;
  } else {
    response.body = unpack(asset);
  }
  return response;
}

net::Response page_response(const Asset& page, const net::Request& request, const AssetPolicy& policy,
                            std::string_view base_path, std::string_view folder) {
  if (base_path.empty()) return asset_response(page, request, policy);
  net::Response response;
  response.headers.add("Cache-Control", policy.cache_control);
  response.headers.add("Content-Type", page.content_type);
  response.headers.add("Content-Security-Policy", policy.content_security_policy);
  response.body = unpack(page);
  const std::string link = "\"/" + std::string(folder) + "/";
  for (auto at = response.body.find(link); at != std::string::npos;
       at = response.body.find(link, at + base_path.size() + 1)) {
    response.body.insert(at + 1, base_path);
  }
  return response;
}

}  // namespace guildhall::server
