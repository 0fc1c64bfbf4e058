#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace guildhall::sim {

/// Delays and splits a payload.
struct TrafficShape {
  std::chrono::milliseconds wait{0};   ///< Delay before the first byte.
  std::size_t piece = 0;               ///< Bytes per piece; 0 does not split.
  std::chrono::milliseconds pause{0};  ///< Between pieces.
  bool tcp = false;                    ///< Split the bytes of one frame, rather than into frames.
};

/// The transport of a gateway connection.
class GatewayWire {
 public:
  virtual ~GatewayWire() = default;

  /// Sends a payload with the compression that the client asked for.
  virtual void send(std::string_view payload, const TrafficShape& shape) = 0;
  /// From now on compresses each payload by itself.
  virtual void enable_payload_compression() = 0;
  /// Sends what is queued and closes. The connection gets no more callbacks.
  virtual void close(std::uint16_t code, std::string_view reason) = 0;
  /// Resets the TCP connection. The connection gets no more callbacks.
  virtual void reset() = 0;
  /// Bytes that are queued and not yet sent.
  [[nodiscard]] virtual std::size_t unsent() const = 0;
};

}  // namespace guildhall::sim
