#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/url.hpp"

namespace guildhall::net {

/// An HTTP proxy that makes tunnels with CONNECT (RFC 9110 section 9.3.6), for https and wss.
class Proxy {
 public:
  /// `url` as `http://proxy.example:3128` or `http://user:password@proxy.example:3128`; nothing if it is anything else.
  /// `exceptions` is what NO_PROXY has, separated by commas: hosts and all below them, addresses and CIDR ranges, `*`,
  /// each perhaps with a port.
  [[nodiscard]] static std::shared_ptr<const Proxy> parse(std::string_view url, std::string_view exceptions = "");

  /// Whether connections to `to` go through the proxy: it is https or wss, and no exception.
  [[nodiscard]] bool serves(const Url& to) const;

  [[nodiscard]] const std::string& host() const { return host_; }
  [[nodiscard]] const std::string& port() const { return port_; }

  /// The request that asks for a tunnel to `to`.
  [[nodiscard]] std::string connect_request(const Url& to) const;

 private:
  std::string host_;
  std::string port_;
  std::string credentials_;  ///< `user:password`; empty for none.
  std::vector<std::string> exceptions_;
};

/// What a proxy's answer to CONNECT means: nothing if there is a tunnel, else why not, as a clause. `head` ends with an
/// empty line.
[[nodiscard]] std::optional<std::string> refusal_of_tunnel(std::string_view head);

}  // namespace guildhall::net
