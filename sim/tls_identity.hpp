#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace guildhall::sim {

/// What discord-sim speaks HTTPS with.
struct TlsIdentity {
  std::shared_ptr<boost::asio::ssl::context> context;
  std::string ca_pem;  ///< The certificate of the authority that clients have to trust.
};

/// Makes an authority and a certificate of it for `localhost`, `127.0.0.1`, `::1` and `host`, good for 90 days. Both
/// keys exist in memory only. Throws std::runtime_error where OpenSSL fails.
[[nodiscard]] TlsIdentity make_tls_identity(const std::string& host);

}  // namespace guildhall::sim
