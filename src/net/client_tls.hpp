#pragma once

#include <boost/asio/ssl/context.hpp>
#include <memory>

namespace guildhall::net {

/// How clients speak TLS: certificates are verified against the system's roots and SSL_CERT_FILE, which takes some
/// milliseconds to read. To be shared by all connections of a client.
[[nodiscard]] std::shared_ptr<boost::asio::ssl::context> make_client_tls();

}  // namespace guildhall::net
