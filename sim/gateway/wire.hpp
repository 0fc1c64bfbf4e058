#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace guildhall::sim {

/// How a payload is kept from arriving at once and whole.
struct Hindrance {
  std::chrono::milliseconds wait{0};   ///< Before the first byte.
  std::size_t piece = 0;               ///< Bytes of a piece; 0 leaves it whole.
  std::chrono::milliseconds pause{0};  ///< Between pieces.
  bool tcp = false;                    ///< Pieces of a whole frame's bytes, rather than a frame for each.
};

/// The way to the client of a gateway connection.
class GatewayWire {
 public:
  virtual ~GatewayWire() = default;

  /// Sends a payload, compressed as the client asked for.
  virtual void send(std::string_view payload, const Hindrance& hindrance) = 0;
  /// From now on each payload is compressed by itself, where nothing else was asked for.
  virtual void compress_payloads() = 0;
  /// Sends what is queued and closes. Nothing more is told of the connection.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
  /// Ends the connection by a TCP reset. Nothing more is told of it.
  virtual void reset() = 0;
  /// Bytes that are queued and not yet on their way.
  [[nodiscard]] virtual std::size_t unsent() const = 0;
};

}  // namespace guildhall::sim
