#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "socketio/packet.hpp"

namespace guildhall::socketio {

/// Puts packets together from the messages of one connection. Does no I/O.
class PacketDecoder {
 public:
  /// `max_attachments` of one packet.
  explicit PacketDecoder(std::size_t max_attachments) : max_attachments_(max_attachments) {}

  /// A packet, or nothing yet where attachments are to follow. Errc::malformed where the message is no packet, or is
  /// not what is expected: the connection is then of no more use.
  [[nodiscard]] base::Result<std::optional<Packet>> text(std::string_view message);
  /// The same for a binary message, an attachment of the packet before it.
  [[nodiscard]] base::Result<std::optional<Packet>> binary(std::string_view message);

 private:
  struct Incomplete {
    Packet packet;
    std::size_t attachments;
  };

  std::size_t max_attachments_;
  std::unique_ptr<Incomplete> incomplete_;
};

}  // namespace guildhall::socketio
