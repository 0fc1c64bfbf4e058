#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace guildhall::bench {

struct FrameHead;

/// A minimal Socket.IO client over WebSocket for load tests: it joins the main namespace, answers pings, and counts
/// events without parsing them. Anything unexpected throws std::runtime_error.
class Client {
 public:
  /// Space at the front of a buffer for `read`, for a frame's head that began in the previous read.
  static constexpr std::size_t headroom = 16;

  /// Connects to 127.0.0.1 and sends the WebSocket handshake; the rest happens in `read`.
  explicit Client(std::uint16_t port);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] bool joined() const { return state_ == State::joined; }

  /// Reads once and returns how many events began in the data. `buffer` is scratch space that clients may share.
  [[nodiscard]] std::size_t read(std::span<char> buffer);

  /// Sends an Engine.IO packet of at most 125 bytes.
  void send(std::string_view packet);

 private:
  enum class State : std::uint8_t { upgrading, opening, joining, joined };

  void read_upgrade_response(std::span<char> buffer);
  [[nodiscard]] std::size_t count_events(std::string_view bytes);
  [[nodiscard]] bool is_event(const FrameHead& frame, std::string_view start);

  int descriptor_ = -1;
  State state_ = State::upgrading;
  std::uint8_t carried_size_ = 0;
  std::array<char, headroom> carried_{};  ///< The start of a frame whose head was not complete.
  std::size_t to_skip_ = 0;               ///< Payload bytes of the current frame that have not arrived.
};

}  // namespace guildhall::bench
