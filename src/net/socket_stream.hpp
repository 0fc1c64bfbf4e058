#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "net/upgrade.hpp"

namespace guildhall::net {

/// The result of reading or writing as much as a socket takes without blocking.
struct Transfer {
  enum class Outcome : std::uint8_t {
    done,         ///< All the space or all the given bytes were used; there may be more.
    would_block,  ///< The socket takes or has no more for now.
    ended,        ///< The peer has closed its sending side.
    failed,       ///< The connection is broken.
  };
  Outcome outcome = Outcome::done;
  std::size_t bytes = 0;  ///< Bytes transferred, whatever the outcome.
};

/// Reads and writes a non-blocking socket that it does not own, through TLS if there is a session. Holds no buffers.
class SocketStream {
 public:
  explicit SocketStream(int socket, TlsSession tls = nullptr) : socket_(socket), tls_(std::move(tls)) {}

  [[nodiscard]] Transfer read(std::span<char> space);

  /// Writes as much as the kernel takes. After would_block the next call must begin with the remaining bytes, possibly
  /// in other pieces.
  [[nodiscard]] Transfer write(std::span<const std::string_view> pieces);

  /// Closes the sending side.
  void shut_down();

 private:
  [[nodiscard]] Transfer read_plain(std::span<char> space) const;
  [[nodiscard]] Transfer read_tls(std::span<char> space);
  [[nodiscard]] Transfer write_plain(std::span<const std::string_view> pieces) const;
  [[nodiscard]] Transfer write_tls(std::span<const std::string_view> pieces);

  int socket_;
  TlsSession tls_;
};

/// Connects `session` to `socket`, which must outlive it; writes never raise SIGPIPE.
void read_and_write_socket(ssl_st* session, int socket);

}  // namespace guildhall::net
