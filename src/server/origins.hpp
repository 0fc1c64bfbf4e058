#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::server {

/// The origins whose pages may use the API with a cookie, or from another origin.
struct Origins {
  std::string own;                   ///< PUBLIC_URL: scheme, host and port.
  std::vector<std::string> allowed;  ///< CORS_ORIGINS.

  [[nodiscard]] bool is_ours(std::string_view origin) const {
    return origin == own || std::find(allowed.begin(), allowed.end(), origin) != allowed.end();
  }
};

}  // namespace guildhall::server
