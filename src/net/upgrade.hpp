#pragma once

#include <memory>
#include <string>
#include <utility>

struct ssl_st;

namespace guildhall::net {

struct TlsRelease {
  void operator()(ssl_st* session) const;
};
/// An OpenSSL session whose handshake is done, reading from and writing to a socket by itself.
using TlsSession = std::unique_ptr<ssl_st, TlsRelease>;

/// A connection whose HTTP part is over. It belongs to no event loop: whoever takes it chooses one.
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

  /// Takes a share in `session`, which another stream has fed so far: what it has decrypted already goes to `early`.
  void adopt_tls(ssl_st* session);

  [[nodiscard]] int release_socket() { return std::exchange(socket_, -1); }
  [[nodiscard]] TlsSession release_tls() { return std::move(tls_); }

  /// The answer with status 101, which goes to the peer before anything else: once the peer has it, whoever took the
  /// connection has it too.
  std::string head;
  /// What the peer sent behind its request.
  std::string early;

 private:
  int socket_;
  TlsSession tls_;
};

/// The protocol that a connection goes on with after `101 Switching Protocols` (RFC 9110 section 7.8).
class Upgrade {
 public:
  virtual ~Upgrade() = default;
  /// Called once, on the connection's event loop. The connection no longer counts for the HTTP server, nor is it ended
  /// when that stops.
  virtual void take(UpgradedConnection connection) = 0;
};

}  // namespace guildhall::net
