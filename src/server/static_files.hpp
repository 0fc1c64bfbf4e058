#pragma once

#include <string>
#include <string_view>

#include "net/http.hpp"

namespace guildhall::server {

/// A file that is part of the program.
struct Asset {
  std::string_view name;
  std::string_view content_type;
  std::string_view gzip;  ///< Its bytes, packed.
  std::string entity_tag;
};

/// `name` decides the media type.
[[nodiscard]] Asset make_asset(std::string_view name, std::string_view gzip);

/// The bytes of a file for clients that do not understand gzip.
[[nodiscard]] std::string unpack(const Asset& asset);

/// How a file is served.
struct AssetPolicy {
  std::string_view content_security_policy;
  std::string_view cache_control;
};

/// The file, or 304 if the client has it.
[[nodiscard]] net::Response asset_response(const Asset& asset, const net::Request& request, const AssetPolicy& policy);

/// A page whose links to `"/folder/` lead behind PUBLIC_URL's path `base_path`.
[[nodiscard]] net::Response page_response(const Asset& page, const net::Request& request, const AssetPolicy& policy,
                                          std::string_view base_path, std::string_view folder);

}  // namespace guildhall::server
