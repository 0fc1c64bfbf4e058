#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/reloadable.hpp"

namespace guildhall::server {

/// The path to which Discord redirects a browser after a login.
inline constexpr std::string_view callback_path = "/api/auth/callback";

/// The addresses of this server as browsers know them, and the origins whose pages may use the API with a cookie or
/// from elsewhere. Complete before the first request, but for `allowed`.
struct Origins {
  std::string own;  ///< PUBLIC_URL's scheme, host and port; by default those of HOST and PORT.
  base::Reloadable<std::vector<std::string>> allowed;  ///< CORS_ORIGINS.
  std::string base_path{};                             ///< PUBLIC_URL's path without trailing slash; usually empty.
  bool any_host = false;  ///< PUBLIC_URL is unset: whatever address a browser uses is ours.
  /// Where Discord may redirect to besides PUBLIC_URL's callback: DISCORD_REDIRECT_URIS.
  std::vector<std::string> redirect_uris{};

  /// Whether pages of the origin may use the API, whatever address they use.
  [[nodiscard]] bool is_ours(std::string_view origin) const;
  /// As above, or the page comes from the address that its request names as `host`, and that is one of ours.
  [[nodiscard]] bool is_ours(std::string_view origin, std::string_view host) const;

  /// The origin of ours that a request with this Host was sent to. A proxy may have replaced the Host; so one that is
  /// not known to be ours counts as PUBLIC_URL's.
  [[nodiscard]] std::string site(std::string_view host) const;
  /// Where Discord redirects to after a login that begins at `site`; empty if Discord does not allow that.
  [[nodiscard]] std::string callback_at(std::string_view site) const;
  /// As callback_at, for the site that logs in those whose own cannot. Empty only if DISCORD_REDIRECT_URIS has no
  /// callback of ours.
  [[nodiscard]] std::string main_callback() const;

  /// The name of a cookie of the site. `__Host-` keeps other hosts of the domain from setting it (RFC 6265bis section
  /// 4.1.3.2); it needs https and the path `/`.
  [[nodiscard]] std::string cookie_name(std::string_view site, std::string_view plain) const;
};

/// Whether `origin` has the host and port that a request names as `host`, over http or https.
[[nodiscard]] bool has_host(std::string_view origin, std::string_view host);

}  // namespace guildhall::server
