#pragma once

#include <memory>
#include <string>
#include <utility>

struct ssl_st;

namespace guildhall::net {

struct TlsRelease {
  void operator()(ssl_st* session) const;
};
/// An OpenSSL session that is connected to a socket and has completed its handshake.
using TlsSession = std::unique_ptr<ssl_st, TlsRelease>;

/// A connection after its HTTP part. It belongs to no event loop; its taker chooses one.
class UpgradedConnection {
 public:
  /// Owns `socket`, which becomes non-blocking.
  explicit UpgradedConnection(int socket);
  ~UpgradedConnection();
  UpgradedConnection(UpgradedConnection&& other) noexcept
      : head(std::move(other.head)),
        early(std::move(other.early)),
        socket_(std::exchange(other.socket_, -1)),
        tls_(std::move(other.tls_)) {}
  UpgradedConnection& operator=(UpgradedConnection&&) = delete;

  /// Shares `session` with the stream that used it so far. Bytes that it has already decrypted go to `early`.
  void adopt_tls(ssl_st* session);

  [[nodiscard]] int release_socket() { return std::exchange(socket_, -1); }
  [[nodiscard]] TlsSession release_tls() { return std::move(tls_); }

  /// The 101 response, which must be sent first. It is sent by the taker, so that the peer has it only after the taker
  /// has the connection.
  std::string head;
  /// Bytes that the peer sent after its request.
  std::string early;

 private:
  int socket_;
  TlsSession tls_;
};

/// The protocol of a connection after `101 Switching Protocols` (RFC 9110 section 7.8).
class Upgrade {
 public:
  virtual ~Upgrade() = default;
  /// Called once, on the connection's event loop. The HTTP server no longer counts the connection, nor closes it when
  /// it stops.
  virtual void take(UpgradedConnection connection) = 0;
};

}  // namespace guildhall::net
