#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::net {

/// The parts of an absolute URL that a client needs.
struct Url {
  bool tls = false;
  std::string host;    ///< Without the brackets of an IPv6 address.
  std::string port;    ///< As text; the scheme's default if the URL has none.
  std::string target;  ///< Path and query; `/` if the URL has none.

  /// Nothing if `text` is not an absolute http(s) URL, or has user information or a fragment.
  [[nodiscard]] static std::optional<Url> parse(std::string_view text);
  /// The same for ws and wss (RFC 6455 section 3).
  [[nodiscard]] static std::optional<Url> parse_websocket(std::string_view text);

  /// The value of the Host field: no default port.
  [[nodiscard]] std::string host_field() const;
  /// Scheme, host and port, as a key.
  [[nodiscard]] std::string origin() const;
};

/// A request's path for the log. Clients may put secrets into paths, so segments that are neither a number of up to 20
/// digits nor up to 16 characters of `a-z0-9._-` become `*`. Cut after 16 segments.
[[nodiscard]] std::string path_for_log(std::string_view path);

}  // namespace guildhall::net
