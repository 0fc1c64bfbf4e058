#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::net {

/// The parts of an absolute URL that a client needs.
struct Url {
  bool tls = false;
  std::string host;    ///< Without the brackets of an IPv6 address.
  std::string port;    ///< As text, the scheme's default where the URL has none.
  std::string target;  ///< Path and query; `/` where the URL has none.

  /// Nothing where `text` is no absolute http(s) URL, or has user information or a fragment.
  [[nodiscard]] static std::optional<Url> parse(std::string_view text);
  /// The same for ws and wss (RFC 6455 section 3).
  [[nodiscard]] static std::optional<Url> parse_websocket(std::string_view text);

  /// As the Host field wants it: no default port.
  [[nodiscard]] std::string host_field() const;
  /// Scheme, host and port, as a key.
  [[nodiscard]] std::string origin() const;
};

}  // namespace guildhall::net
