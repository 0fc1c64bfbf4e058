#pragma once

#include <boost/asio/ssl/context.hpp>

namespace guildhall::net {

/// The TLS context of all clients: certificates are verified against the system's roots, or those of SSL_CERT_FILE and
/// SSL_CERT_DIR. The first call reads them, which takes about 50 ms; others wait for it. Any thread.
[[nodiscard]] boost::asio::ssl::context& client_tls();

}  // namespace guildhall::net
