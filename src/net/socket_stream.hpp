#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "net/upgrade.hpp"

namespace guildhall::net {

/// What came of reading or writing as much as a socket allows at the moment.
struct Transfer {
  enum class Outcome : std::uint8_t {
    done,         ///< There may be more: all the space, or all that was given, was used.
    would_block,  ///< No more for now.
    ended,        ///< The peer sends nothing more.
    failed,       ///< The connection is broken.
  };
  Outcome outcome = Outcome::done;
  std::size_t bytes = 0;  ///< Moved before that, whatever the outcome.
};

/// Reads and writes a non-blocking socket that belongs to someone else, through TLS where there is a session. Holds no
/// buffers.
class SocketStream {
 public:
  explicit SocketStream(int socket, TlsSession tls = nullptr) : socket_(socket), tls_(std::move(tls)) {}

  [[nodiscard]] Transfer read(std::span<char> space);

  /// As many pieces at once as the kernel takes. Where it would block, the next call begins with the bytes that are
  /// left, be it in other pieces.
  [[nodiscard]] Transfer write(std::span<const std::string_view> pieces);

  /// Tells the peer that nothing more comes.
  void shut_down();

 private:
  [[nodiscard]] Transfer read_plain(std::span<char> space) const;
  [[nodiscard]] Transfer read_tls(std::span<char> space);
  [[nodiscard]] Transfer write_plain(std::span<const std::string_view> pieces) const;
  [[nodiscard]] Transfer write_tls(std::span<const std::string_view> pieces);

  int socket_;
  TlsSession tls_;
};

/// Lets `session` read from and write to `socket`, which must outlive it, without raising SIGPIPE.
void read_and_write_socket(ssl_st* session, int socket);

}  // namespace guildhall::net
