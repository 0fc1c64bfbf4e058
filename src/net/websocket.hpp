#pragma once

#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/deadlines.hpp"
#include "net/socket_stream.hpp"
#include "net/task.hpp"
#include "net/upgrade.hpp"
#include "net/websocket_reader.hpp"

namespace guildhall::net {

class WebSocket;

/// What the WebSockets of one event loop share: their time limits, and that what is queued in one turn of the loop is
/// written at its end. Lives in a shared_ptr; members are called on that loop.
class WebSocketLoop : public std::enable_shared_from_this<WebSocketLoop> {
 public:
  explicit WebSocketLoop(Executor executor);

  [[nodiscard]] const Executor& executor() const { return executor_; }
  [[nodiscard]] Deadlines& deadlines() { return *deadlines_; }

  /// Waits until all WebSockets of the loop have ended, but not longer than `limit`.
  [[nodiscard]] Task<> drained(std::chrono::milliseconds limit);

 private:
  friend class WebSocket;
  void write_soon(std::shared_ptr<WebSocket> socket);
  void write_queued();

  Executor executor_;
  std::shared_ptr<Deadlines> deadlines_;
  std::vector<std::shared_ptr<WebSocket>> queued_;  ///< Which have something to write at the end of this turn.
  std::size_t sockets_ = 0;
  boost::asio::steady_timer drained_;
};

/// Who uses a WebSocket. Called on its event loop; may call its members.
class WebSocketListener {
 public:
  virtual ~WebSocketListener() = default;

  /// Opcode::text, which is valid UTF-8, or Opcode::binary.
  virtual void on_message(WebSocket& socket, Opcode kind, std::string_view message) = 0;

  /// The WebSocket has ended, and nothing comes after this: by the peer, with its code or no_status; without a closing
  /// handshake, with abnormal; or because the peer broke the rules, with the code that it was told.
  virtual void on_close(WebSocket& socket, CloseCode code) = 0;
};

/// A WebSocket (RFC 6455) whose opening handshake is done. It holds no buffer while nothing moves. Lives in a
/// shared_ptr on one event loop, where all members are called; it stays alive by itself until the connection has ended.
class WebSocket : public std::enable_shared_from_this<WebSocket>, private Deadline {
 public:
  /// What keeping frames until they are written costs beside their bytes, in bytes, so that a bound holds for many
  /// small ones too.
  static constexpr std::size_t piece_cost = 128;
  /// How long a closing handshake may take.
  static constexpr std::chrono::seconds close_limit{5};

  WebSocket(std::shared_ptr<WebSocketLoop> loop, UpgradedConnection connection, const WebSocketRules& rules);
  ~WebSocket();
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  /// Begins to write and to read. Messages may come before this returns. `listener` hears of it until the WebSocket
  /// ends or `forget_listener` is called.
  void start(WebSocketListener& listener);
  void forget_listener() { listener_ = nullptr; }

  /// Reads what has arrived so far, before the event loop says that there is something. Not from within `on_message`.
  void read_arrived();

  /// Queues whole frames for the end of this turn of the loop; what they need stays alive through `owner`. Does nothing
  /// once closed. How much may be queued is for the caller to limit, by `unsent`.
  void send(std::shared_ptr<const void> owner, std::string_view frames);

  /// Writes what is queued now, as far as the connection takes it.
  void write_queued();

  /// Bytes that are queued and not yet taken by the kernel, with `piece_cost` for each `send`.
  [[nodiscard]] std::size_t unsent() const { return unsent_; }
  /// False while the connection takes no more.
  [[nodiscard]] bool writable() const { return !blocked_; }
  [[nodiscard]] bool deflates() const { return deflate_; }

  /// Sends what is queued and a close frame, and gives the peer `close_limit` to answer. The listener hears nothing
  /// more.
  void close(CloseCode code, std::string_view reason = {});
  /// Ends the connection at once. The listener hears nothing more.
  void abort();
  /// As `abort`, by a TCP reset: also what was sent and not yet read is lost to the peer. For servers that do harm.
  void reset();

 private:
  friend class WebSocketLoop;
  enum class State : std::uint8_t {
    open,
    closing,  ///< Our close frame is queued or sent, the peer's has not come.
    leaving,  ///< Nothing that comes is of interest. Once all is sent, the peer is to end the connection.
    finished,
  };
  struct Piece {
    std::shared_ptr<const void> owner;
    std::string_view bytes;
  };

  void on_deadline(Time now) override;
  void wait_readable();
  void read();
  [[nodiscard]] Transfer::Outcome read_in_turn();
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
  std::size_t first_piece_ = 0;  ///< Of those not yet written.
  std::size_t unsent_ = 0;
  std::unique_ptr<std::string> early_;
  State state_ = State::open;
  WebSocketRole role_;
  bool deflate_;
  bool blocked_ = false;
  bool queued_ = false;
  bool shut_down_ = false;
};

}  // namespace guildhall::net
