#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/async/event.hpp"
#include "net/deadlines.hpp"
#include "net/socket_stream.hpp"
#include "net/task.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_reader.hpp"

namespace guildhall::net {

class WebSocket;

/// The part that all WebSockets of an event loop share: their deadlines, and the queue of those that write at the end
/// of the loop's current turn. Lives in a shared_ptr; members are called on that loop.
class WebSocketLoop : public std::enable_shared_from_this<WebSocketLoop> {
 public:
  explicit WebSocketLoop(Executor executor);

  [[nodiscard]] const Executor& executor() const { return executor_; }
  [[nodiscard]] Deadlines& deadlines() { return *deadlines_; }

  /// Waits until all WebSockets of the loop have ended, up to `limit`.
  [[nodiscard]] Task<> drained(std::chrono::milliseconds limit);

 private:
  friend class WebSocket;
  void write_soon(std::shared_ptr<WebSocket> socket);
  void write_queued();

  Executor executor_;
  std::shared_ptr<Deadlines> deadlines_;
  std::vector<std::shared_ptr<WebSocket>> queued_;  ///< These write at the end of this turn.
  std::size_t sockets_ = 0;
  Event drained_;
};

/// The user of a WebSocket. Called on its event loop; may call its members.
class WebSocketListener {
 public:
  virtual ~WebSocketListener() = default;

  /// Opcode::text, which is valid UTF-8, or Opcode::binary.
  virtual void on_message(WebSocket& socket, Opcode kind, std::string_view message) = 0;

  /// The last call: the WebSocket has ended. `code` is the peer's, or no_status; abnormal without a closing handshake;
  /// or the code that was sent to a peer that violated the protocol.
  virtual void on_close(WebSocket& socket, CloseCode code) = 0;
};

/// A WebSocket (RFC 6455) after its opening handshake. It holds no buffer while idle. Lives in a shared_ptr on one
/// event loop, where all members are called; it keeps itself alive until the connection has ended.
class WebSocket : public std::enable_shared_from_this<WebSocket>, private Deadline {
 public:
  /// The memory in bytes that a queued frame takes beside its own bytes. It counts, so that a limit also holds for many
  /// small frames.
  static constexpr std::size_t piece_cost = 128;
  /// The time limit of a closing handshake.
  static constexpr std::chrono::seconds close_limit{5};

  WebSocket(std::shared_ptr<WebSocketLoop> loop, UpgradedConnection connection, const WebSocketRules& rules);
  ~WebSocket();
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  /// Starts to write and read. Calls `listener`, possibly before this returns, until the WebSocket ends or
  /// `forget_listener` is called.
  void start(WebSocketListener& listener);
  void forget_listener() { listener_ = nullptr; }

  /// Reads bytes that have arrived without waiting for the event loop to report them. Not from within `on_message`.
  void read_arrived();

  /// Changes the limit of a message, in bytes, from the next frame on.
  void set_max_message(std::size_t bytes) { reader_.set_max_message(bytes); }

  /// Queues whole frames, which `owner` keeps alive, for the end of this turn of the loop. Does nothing once closed.
  /// The caller must limit the queue by `unsent`.
  void send(std::shared_ptr<const void> owner, std::string_view frames);

  /// Writes the queue now, as far as the connection takes it.
  void write_queued();

  /// Queued bytes that the kernel has not taken, with `piece_cost` for each `send`.
  [[nodiscard]] std::size_t unsent() const { return unsent_; }
  /// False while the connection takes no more bytes.
  [[nodiscard]] bool writable() const { return !blocked_; }
  [[nodiscard]] bool deflates() const { return deflate_; }

  /// Sends the queue and a close frame, and waits for the peer's close frame up to `close_limit`. The listener is not
  /// called any more.
  void close(CloseCode code, std::string_view reason = {});
  /// Closes the connection at once. The listener is not called any more.
  void abort();
  /// The same by a TCP reset: the peer also loses bytes that it has not read. For servers that inject faults.
  void reset();

 private:
  friend class WebSocketLoop;
  enum class State : std::uint8_t {
    open,
    closing,  ///< Our close frame is queued or sent; the peer's has not arrived.
    leaving,  ///< Received bytes are ignored. When all is sent, the peer closes the connection.
    finished,
  };
  struct Piece {
    std::shared_ptr<const void> owner;
    std::string_view bytes;
  };

  void on_deadline(Time now) override;
  void wait_readable();
  void read();
  [[nodiscard]] Transfer::Outcome read_some();
  void take(std::span<char> bytes);
  void take_event();
  void wait_writable();
  void consume(std::size_t bytes);
  void queue(std::shared_ptr<const void> owner, std::string_view frames);
  void queue_control(Opcode opcode, std::string_view payload);
  void end(CloseCode code);
  void leave(CloseCode code, std::string_view close_frame_payload);
  void finish();

  std::shared_ptr<WebSocketLoop> loop_;
  boost::asio::posix::stream_descriptor descriptor_;
  SocketStream stream_;
  WebSocketReader reader_;
  WebSocketListener* listener_ = nullptr;
  std::vector<Piece> pieces_;
  std::size_t first_piece_ = 0;  ///< The first that is not completely written.
  std::size_t unsent_ = 0;
  std::unique_ptr<std::string> early_;
  std::uint8_t pongs_ = 0;  ///< Queued since the queue was last empty.
  State state_ = State::open;
  WebSocketRole role_;
  bool deflate_;
  bool blocked_ = false;
  bool queued_ = false;
  bool shut_down_ = false;
};

}  // namespace guildhall::net
