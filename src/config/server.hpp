#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "config/option.hpp"

namespace guildhall::config {

/// The HTTP side. Origins are as browsers send them in `Origin`: lower case, no default port, no trailing slash.
struct Server {
  std::string host;                          ///< Address or name to listen on; an IPv6 address has no brackets.
  std::uint16_t port = 0;                    ///< 0: the kernel chooses.
  std::optional<std::string> public_url;     ///< The origin that browsers see, where it was given; see `origin`.
  std::vector<std::string> cors_origins;     ///< Other origins that may use the API from a browser.
  std::vector<std::string> trusted_proxies;  ///< Valid CIDR notation or single addresses.
  std::vector<base::UserId> admin_user_ids;  ///< Who holds role ADMIN.

  /// PUBLIC_URL, or where that is unset `http://HOST:bound_port`, with `localhost` for a HOST that means every address.
  /// `bound_port` is the one that was bound, which differs from `port` where that is 0.
  [[nodiscard]] std::string origin(std::uint16_t bound_port) const;
};

[[nodiscard]] Section server_section();

}  // namespace guildhall::config
