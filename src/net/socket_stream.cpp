#include "net/socket_stream.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <new>

namespace guildhall::net {
namespace {

using Outcome = Transfer::Outcome;

constexpr std::size_t max_iovecs = 64;
/// The maximum size of a TLS record (RFC 8446 section 5.1).
constexpr std::size_t record_size = 16 * 1024;

bool is_temporary(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

int descriptor_of(BIO* bio) { return static_cast<int>(reinterpret_cast<std::intptr_t>(::BIO_get_data(bio))); }

/// OpenSSL's own socket BIO raises SIGPIPE if the peer has closed the connection.
int write_bio(BIO* bio, const char* data, std::size_t size, std::size_t* written) {
  ::BIO_clear_retry_flags(bio);
  const auto bytes = ::send(descriptor_of(bio), data, size, MSG_NOSIGNAL);
  if (bytes < 0) {
    if (is_temporary(errno)) ::BIO_set_retry_write(bio);
    return 0;
  }
  *written = static_cast<std::size_t>(bytes);
  return 1;
}

int read_bio(BIO* bio, char* space, std::size_t size, std::size_t* read) {
  ::BIO_clear_retry_flags(bio);
  const auto bytes = ::recv(descriptor_of(bio), space, size, 0);
  if (bytes < 0 && is_temporary(errno)) ::BIO_set_retry_read(bio);
  if (bytes <= 0) return 0;
  *read = static_cast<std::size_t>(bytes);
  return 1;
}

long control_bio(BIO* bio, int command, long, void*) {
  static_cast<void>(bio);
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* socket_bio() {
  static const BIO_METHOD* method = [] {
    BIO_METHOD* made = ::BIO_meth_new(::BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "guildhall socket");
    if (made == nullptr) throw std::bad_alloc();
    ::BIO_meth_set_write_ex(made, write_bio);
    ::BIO_meth_set_read_ex(made, read_bio);
    ::BIO_meth_set_ctrl(made, control_bio);
    return made;
  }();
  return method;
}

/// The outcome of an OpenSSL call that failed with `result`.
Outcome tls_outcome(ssl_st* session, int result) {
  switch (::SSL_get_error(session, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return Outcome::would_block;
    case SSL_ERROR_ZERO_RETURN: return Outcome::ended;
    default: return Outcome::failed;
  }
}

}  // namespace

void read_and_write_socket(ssl_st* session, int socket) {
  BIO* bio = ::BIO_new(socket_bio());
  if (bio == nullptr) throw std::bad_alloc();
  ::BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(socket)));
  ::BIO_set_init(bio, 1);
  ::SSL_set_bio(session, bio, bio);
  // A blocked write may be repeated from another buffer, and idle sessions hold no buffers.
  ::SSL_set_mode(session,
                 SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
}

Transfer SocketStream::read(std::span<char> space) { return tls_ ? read_tls(space) : read_plain(space); }

Transfer SocketStream::write(std::span<const std::string_view> pieces) {
  return tls_ ? write_tls(pieces) : write_plain(pieces);
}

void SocketStream::shut_down() {
  if (tls_) {
    ::ERR_clear_error();
    ::SSL_shutdown(tls_.get());
  }
  ::shutdown(socket_, SHUT_WR);
}

Transfer SocketStream::read_plain(std::span<char> space) const {
  const auto bytes = ::recv(socket_, space.data(), space.size(), 0);
  if (bytes == 0) return {Outcome::ended, 0};
  if (bytes < 0) return {is_temporary(errno) ? Outcome::would_block : Outcome::failed, 0};
  const auto read = static_cast<std::size_t>(bytes);
  return {read == space.size() ? Outcome::done : Outcome::would_block, read};
}

/// Reads until OpenSSL has no more: bytes that it has already decrypted do not make the socket readable again.
Transfer SocketStream::read_tls(std::span<char> space) {
  std::size_t total = 0;
  while (total < space.size()) {
    ::ERR_clear_error();
    std::size_t bytes = 0;
    const int result = ::SSL_read_ex(tls_.get(), space.data() + total, space.size() - total, &bytes);
    if (result != 1) return {tls_outcome(tls_.get(), result), total};
    total += bytes;
  }
  return {Outcome::done, total};
}

Transfer SocketStream::write_plain(std::span<const std::string_view> pieces) const {
  std::array<iovec, max_iovecs> vectors;
  const std::size_t count = std::min(pieces.size(), vectors.size());
  std::size_t size = 0;
  for (std::size_t i = 0; i < count; ++i) {
    vectors[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
    size += pieces[i].size();
  }
  msghdr message{};
  message.msg_iov = vectors.data();
  message.msg_iovlen = count;
  const auto bytes = ::sendmsg(socket_, &message, MSG_NOSIGNAL);
  if (bytes < 0) return {is_temporary(errno) ? Outcome::would_block : Outcome::failed, 0};
  const auto written = static_cast<std::size_t>(bytes);
  return {written == size ? Outcome::done : Outcome::would_block, written};
}

/// Gathers small pieces into one record.
Transfer SocketStream::write_tls(std::span<const std::string_view> pieces) {
  std::array<char, record_size> record;
  std::size_t size = 0;
  for (const std::string_view piece : pieces) {
    const auto part = piece.substr(0, record.size() - size);
    std::copy(part.begin(), part.end(), record.begin() + static_cast<std::ptrdiff_t>(size));
    size += part.size();
    if (size == record.size()) break;
  }
  ::ERR_clear_error();
  std::size_t written = 0;
  const int result = ::SSL_write_ex(tls_.get(), record.data(), size, &written);
  if (result != 1) return {tls_outcome(tls_.get(), result), 0};
  return {written == size ? Outcome::done : Outcome::would_block, written};
}

}  // namespace guildhall::net
