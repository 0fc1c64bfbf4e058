#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>

namespace guildhall::sim {

/// The certificate and key of discord-sim's HTTPS port.
struct TlsIdentity {
  std::shared_ptr<boost::asio::ssl::context> context;
  std::string ca_pem;  ///< Certificate of the authority, for clients to trust.
};

/// Creates an authority and a certificate signed by it for `localhost`, `127.0.0.1`, `::1` and `host`, good for 90
/// days. Both keys exist in memory only. Throws std::runtime_error if OpenSSL fails.
[[nodiscard]] TlsIdentity make_tls_identity(const std::string& host);

}  // namespace guildhall::sim
