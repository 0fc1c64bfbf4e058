#include "net/upgrade.hpp"

#include <fcntl.h>
#include <openssl/ssl.h>
#include <unistd.h>

#include <array>

#include "net/socket_stream.hpp"

namespace guildhall::net {

void TlsRelease::operator()(ssl_st* session) const { ::SSL_free(session); }

UpgradedConnection::UpgradedConnection(int socket) : socket_(socket) {
  ::fcntl(socket_, F_SETFL, ::fcntl(socket_, F_GETFL) | O_NONBLOCK);
}

UpgradedConnection::~UpgradedConnection() {
  if (socket_ >= 0) ::close(socket_);
}

void UpgradedConnection::adopt_tls(ssl_st* session) {
  ::SSL_up_ref(session);
  tls_.reset(session);
  // The previous stream has read these bytes into memory. OpenSSL keeps the beginning of an incomplete record itself.
  std::array<char, 4096> space{};
  std::size_t bytes = 0;
  while (::SSL_read_ex(session, space.data(), space.size(), &bytes) == 1) early.append(space.data(), bytes);
  read_and_write_socket(session, socket_);
}

}  // namespace guildhall::net
