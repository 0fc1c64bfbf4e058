#pragma once

#include <string>
#include <string_view>

namespace guildhall::server {

/// A file of Swagger UI, part of the program.
struct Asset {
  std::string_view name;
  std::string_view content_type;
  std::string_view gzip;  ///< Its bytes, packed.
  std::string entity_tag;
};

/// Null if there is no file of that name.
[[nodiscard]] const Asset* find_asset(std::string_view name);

/// The bytes of a file for clients that do not understand gzip.
[[nodiscard]] std::string unpack(const Asset& asset);

}  // namespace guildhall::server
