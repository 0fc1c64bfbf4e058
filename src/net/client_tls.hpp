#pragma once

#include <boost/asio/ssl/context.hpp>

namespace guildhall::net {

/// How the program's clients speak TLS: certificates are verified against the system's roots, or those of SSL_CERT_FILE
/// and SSL_CERT_DIR. The first call reads these, which takes some 50 ms; others wait for it. Any thread.
[[nodiscard]] boost::asio::ssl::context& client_tls();

}  // namespace guildhall::net
